/**
 * People as SCIM has them, read and written by SCIMMY, which this file alone imports. Class: pure. Source: RFC 7643 §4.1,
 * RFC 7644 §3.
 */
import SCIMMY from 'scimmy';
import { z } from 'zod';
import { LOCALES, ROLES, type Role } from '../../contracts/identities.js';
import type { Provisioned, ProvisionedNames } from '../../store/index.js';

/** The schema of a person. */
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const MOST_RESULTS = 200;

/** What was sent does not fit; `scimType` as RFC 7644 §3.12 names it. */
export class ScimRefusal extends Error {
  override readonly name = 'ScimRefusal';

  constructor(
    readonly status: number,
    readonly scimType: string | null,
    detail: string,
  ) {
    super(detail);
  }
}

/** A person as the other system says that they are. */
export interface WantedPerson {
  readonly names: ProvisionedNames;
  readonly displayName: string;
  readonly mail: string | null;
  readonly locale: (typeof LOCALES)[number];
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
  readonly isActive: boolean;
}

/** A person as they are answered. `base`: the address of people. */
export function shownPerson(
  { user, names, changedAt }: Provisioned,
  base: string,
): Readonly<Record<string, unknown>> {
  const { givenName, familyName, externalId } = names;
  return {
    schemas: [USER_SCHEMA],
    id: user.userId,
    ...(externalId !== null && { externalId }),
    userName: names.userName,
    ...((givenName ?? familyName) !== null && {
      name: {
        ...(givenName !== null && { givenName }),
        ...(familyName !== null && { familyName }),
      },
    }),
    ...{ displayName: user.displayName, active: user.isActive, locale: user.locale },
    ...(user.mail !== null && { emails: [{ value: user.mail, type: 'work', primary: true }] }),
    roles: user.roles.map((value) => ({ value })),
    entitlements: user.groups.map((value) => ({ value })),
    meta: {
      ...{ resourceType: 'User', created: user.createdAt, lastModified: changedAt },
      location: `${base}/${user.userId}`,
    },
  };
}

/** Clients write truth in many ways: `false`, `"False"`, `"FALSE"`. */
function withPlainTruth(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainTruth);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isTruth = /^(active|primary)$/i.test(key);
      return [key, isTruth ? truthOf(inner) : withPlainTruth(inner)];
    }),
  );
}

const truthOf = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : value;
};

/** A person as they were sent whole. Errors: `ScimRefusal`. */
export function personIn(body: unknown): WantedPerson {
  return wantedOf(readAs(() => new SCIMMY.Schemas.User(withPlainTruth(body) as never, 'in')));
}

/** A person with changes. Errors: `ScimRefusal`. @param shown - as they are now */
export async function patchedPerson(
  shown: Readonly<Record<string, unknown>>,
  body: unknown,
): Promise<WantedPerson> {
  const before = readAs(() => new SCIMMY.Schemas.User(structuredClone(shown) as never, 'out'));
  const message = readAs(() => new SCIMMY.Messages.PatchOp(patchOf(body) as never));
  let after: unknown = before;
  await readingAs(() =>
    message.apply(before, async (instance: unknown) => {
      after = instance;
      return instance as never;
    }),
  );
  return wantedOf(after);
}

/** Operations in one spelling; a value of `active` that stands by itself is truth as well. */
function patchOf(body: unknown): unknown {
  const sent = withPlainTruth(body) as { readonly Operations?: unknown };
  if (!Array.isArray(sent?.Operations)) return { schemas: [PATCH_SCHEMA], ...sent };
  const operations = sent.Operations.map((one: unknown) => {
    if (typeof one !== 'object' || one === null) return one;
    const { op, path, value } = one as Readonly<Record<string, unknown>>;
    const plain = typeof path === 'string' ? path.replace(`${USER_SCHEMA}:`, '') : path;
    return {
      ...one,
      op: typeof op === 'string' ? op.toLowerCase() : op,
      ...(plain !== undefined && { path: plain }),
      ...(typeof plain === 'string' && /^active$/i.test(plain) && { value: truthOf(value) }),
    };
  });
  return { ...sent, Operations: operations };
}

const line = z.string().regex(/^\P{Cc}*$/u);
const READ = z.object({
  userName: line.min(1).max(254),
  externalId: line.max(500).optional(),
  name: z.object({ givenName: line.optional(), familyName: line.optional() }).optional(),
  displayName: line.max(200).optional(),
  locale: z.string().optional(),
  active: z.boolean().default(true),
  emails: z.array(z.object({ value: line.max(254), primary: z.boolean().optional() })).default([]),
  roles: z.array(z.object({ value: z.enum(ROLES) })).default([]),
  entitlements: z
    .array(z.object({ value: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/) }))
    .max(50)
    .default([]),
});

function wantedOf(instance: unknown): WantedPerson {
  const read = READ.safeParse(JSON.parse(JSON.stringify(instance)));
  if (!read.success) {
    const at = read.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new ScimRefusal(400, 'invalidValue', `${at} does not fit`);
  }
  const { userName, externalId = null, name, emails, locale } = read.data;
  const [givenName, familyName] = [name?.givenName ?? null, name?.familyName ?? null];
  const whole = [givenName, familyName].filter((part) => part !== null).join(' ');
  const mail = (emails.find(({ primary }) => primary) ?? emails[0])?.value ?? null;
  if (mail !== null && !/^[^\s@]+@[^\s@]+$/.test(mail)) {
    throw new ScimRefusal(400, 'invalidValue', 'emails does not fit');
  }
  return {
    names: { userName, externalId, givenName, familyName },
    displayName: (read.data.displayName || whole || userName).slice(0, 200),
    ...{ mail, isActive: read.data.active },
    locale: LOCALES.find((one) => one.toLowerCase() === locale?.toLowerCase()) ?? 'en',
    roles: [...new Set(read.data.roles.map(({ value }) => value))],
    groups: [...new Set(read.data.entitlements.map(({ value }) => value))],
  };
}

/** A question for people. */
export interface PeopleQuery {
  readonly filter?: string | undefined;
  readonly startIndex: number;
  readonly count: number;
}

/** The one name that a filter asks for, which is how systems look for somebody; null: it asks for something else. */
export function nameAskedFor(filter: string | undefined): string | null {
  const [, name] = /^\s*userName\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(filter ?? '') ?? [];
  try {
    return name === undefined ? null : String(JSON.parse(name));
  } catch {
    return null;
  }
}

/** The page of those that fit. Errors: `ScimRefusal`. */
export function pageOf(
  shown: readonly Readonly<Record<string, unknown>>[],
  { filter, startIndex, count }: PeopleQuery,
): Readonly<Record<string, unknown>> {
  const isOne = nameAskedFor(filter) !== null;
  const fits: readonly unknown[] =
    filter === undefined || isOne
      ? shown
      : readAs(() => new SCIMMY.Types.Filter(filter).match([...shown] as never));
  const from = Math.max(1, startIndex);
  const items = fits.slice(from - 1, from - 1 + Math.min(Math.max(0, count), MOST_RESULTS));
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    ...{ totalResults: fits.length, startIndex: from, itemsPerPage: items.length },
    Resources: items,
  };
}

/** What it can. Source: RFC 7643 §5. */
export const SERVICE = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  ...{ patch: { supported: true }, sort: { supported: false }, etag: { supported: false } },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_RESULTS },
  changePassword: { supported: false },
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'Bearer token', description: 'JORNADA_SCIM_TOKEN' },
  ],
};

/** What there is: people. Source: RFC 7643 §6. */
export const RESOURCE_TYPE = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  ...{ id: 'User', name: 'User', endpoint: '/Users', schema: USER_SCHEMA },
  description: 'People who use Jornada',
};

/** Its attributes, as SCIMMY describes them. */
export const schemaShown = (): unknown =>
  JSON.parse(JSON.stringify(SCIMMY.Schemas.User.definition.describe()));

function readAs<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refusalOf(error);
  }
}

async function readingAs<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw refusalOf(error);
  }
}

/** What SCIMMY does not take is what does not fit. */
function refusalOf(error: unknown): unknown {
  if (error instanceof SCIMMY.Types.Error) {
    const { status, scimType, message } = error as unknown as {
      readonly status: string | number;
      readonly scimType?: string;
      readonly message: string;
    };
    return new ScimRefusal(Number(status) || 400, scimType ?? null, message);
  }
  return error instanceof TypeError ? new ScimRefusal(400, 'invalidValue', error.message) : error;
}
