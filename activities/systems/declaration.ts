/**
 * The file of connected systems: which there are, how they are reached, and what their answers mean. It names where
 * secrets are, never a secret. Class: pure.
 */
import * as z from 'zod';

/** Id of the system that is always there: our own registry. */
export const OWN_SYSTEM = 'jornada';

/** Where a secret is: an environment variable, or a file whose text it is. */
const SECRET = z.union([
  z.strictObject({ tokenEnv: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must name a variable') }),
  z.strictObject({ tokenFile: z.string().min(1) }),
]);

/** Where a secret is. */
export type SecretPlace = z.infer<typeof SECRET>;

const ID = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be kebab-case')
  .refine((id) => id !== OWN_SYSTEM, `must not be '${OWN_SYSTEM}', which is built in`);

const BASE = { id: ID, title: z.string().min(1).max(80) };

/** RFC 7643 §4.3: the organisation of an account, which holds the id of the customer. */
const ORGANIZATION = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization';

const SCIM = z.strictObject({
  ...BASE,
  kind: z.literal('scim'),
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s?#@]+$/, 'must be a URL http(s)://… without user, query and fragment')
    .transform((url) => url.replace(/\/+$/, '')),
  /** Plain http shows the credentials to everybody on the way. */
  isPlainHttpFine: z.boolean().default(false),
  /** Credential by which accounts are made, disabled and enabled. */
  write: SECRET,
  /** Another one, by which it is checked what became of them. */
  read: SECRET,
  /** Accounts are made here when access is granted. */
  grants: z.boolean().default(false),
  /** What an account that was disabled looks like: it is read with active false, or answers 404. */
  whenInactive: z.enum(['shown', 'not-found']).default('shown'),
  /** Whether 404 on the id of an account proves that nobody gets in by it. */
  notFoundMeansGone: z.boolean().default(true),
  mayDelete: z.boolean().default(false),
  /** Whether the server can filter; false: all accounts are paged through; null: it is asked. */
  canFilter: z.boolean().nullable().default(null),
  /** Attribute that holds the customer's id; null: accounts are found by contact alone. */
  customerAttribute: z.string().min(1).nullable().default(ORGANIZATION),
  /** Domains of mail addresses of our own people. */
  staffDomains: z.array(z.string().toLowerCase()).default([]),
  /** An account is taken out of its groups before it is disabled; restoring does not put it back. */
  leavesGroups: z.boolean().default(false),
  /** Seconds for one answer. */
  withinSeconds: z.number().int().min(1).max(60).default(10),
});

/** A system that no connector reaches: a person looks, and another one checks. */
const BY_HAND = z.strictObject({
  ...BASE,
  kind: z.literal('by-hand'),
  /** What is looked for: `account`, `key`, `session`, `physical` … */
  access: z.string().min(1).max(40).default('account'),
});

const SYSTEM = z.discriminatedUnion('kind', [SCIM, BY_HAND]);

/** The whole file. */
export const SYSTEMS_FILE = z
  .strictObject({ systems: z.array(SYSTEM).max(100) })
  .superRefine(({ systems }, context) => {
    const fault = (index: number, field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: ['systems', index, field], message });
    systems.forEach((system, index) => {
      if (systems.findIndex(({ id }) => id === system.id) !== index) {
        fault(index, 'id', 'is there twice');
      }
      if (system.kind !== 'scim') return;
      if (system.baseUrl.startsWith('http:') && !system.isPlainHttpFine) {
        fault(index, 'baseUrl', 'must be https, or isPlainHttpFine must be true');
      }
      if (JSON.stringify(system.read) === JSON.stringify(system.write)) {
        fault(index, 'read', 'must be another credential than write');
      }
    });
  });

type Declared<K> = Extract<z.infer<typeof SYSTEM>, { readonly kind: K }>;

/** A SCIM server with its credentials. */
export type ScimSystem = Omit<Declared<'scim'>, 'read' | 'write'> & {
  readonly readToken: string;
  readonly writeToken: string;
};

/** A system without a connector. */
export type HandSystem = Declared<'by-hand'>;

/** A connected system, as connectors need it. */
export type System = ScimSystem | HandSystem;
