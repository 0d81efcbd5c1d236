/** The app over a store of its own, with a clock that stands still until it is moved, and people who sign in. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Fingerprint } from '../../activities/order/marks.js';
import { buildApp } from '../../api/app.js';
import { createToken } from '../../api/identities/api-tokens.js';
import { createAttempts } from '../../api/identities/attempts.js';
import type { IdentityDeps } from '../../api/identities/deps.js';
import type { FactorPolicy } from '../../api/identities/factor.js';
import { createPasswords } from '../../api/identities/passwords.js';
import type { CsmSees } from '../../api/identities/portfolio.js';
import type { Provider } from '../../api/identities/provider/index.js';
import { csrfTokenOf, newSecret } from '../../api/identities/secrets.js';
import { hashOfToken } from '../../api/token.js';
import type { Role, Scope } from '../../contracts/identities.js';
import { createRegistry } from '../../registry/index.js';
import { type By, openStore, type Store, type User } from '../../store/index.js';
import { bundleVerifier, careForAudit } from '../../worker/audit/index.js';
import { createConnectors } from '../../worker/connectors/index.js';
import { createOperate } from '../../worker/control/operations.js';
import { createCustomers } from '../../worker/customers/index.js';
import { createEngine } from '../../worker/engine.js';
import { designerDeps } from './designer.js';
import { NO_EGRESS } from './egress.js';
import type { OffboardedIn } from './offboarded.js';
import { holdToTold } from './openapi.js';
import { inFolder, openTestKeyring } from './store.js';

/** Where its pages come from. */
export const ORIGIN = 'http://localhost:3000';

/** What everybody signs in with. */
export const PASSWORD = 'purple kettle under snow';

/** By which places in lists and streams are sealed. */
export const CURSOR_SECRET = Buffer.from('of a test');

/** By which a system provisions people. */
export const SCIM_TOKEN = 'scim-secret-of-the-tests-0123456789';

/** An app, its store, its clock. */
export interface World {
  readonly store: Store;
  readonly app: FastifyInstance;
  /** Another app over the same store, whose pages come from there. */
  readonly appAt: (origin: string) => Promise<FastifyInstance>;
  readonly deps: IdentityDeps;
  /** Faults of ours that it heard of. */
  readonly troubles: unknown[];
  readonly move: (ms: number) => void;
  readonly at: () => string;
  readonly person: (roles: readonly Role[], more?: Partial<User>) => Promise<User>;
  /** A session of somebody, as the headers of a page that has it. */
  readonly session: (user: Pick<User, 'userId'>) => Promise<Record<string, string>>;
  /** A token of somebody, as the header of a program that has it. */
  readonly token: (user: User, scopes: readonly Scope[]) => Promise<Record<string, string>>;
  readonly ask: (asked: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Entries of the audit about a person. */
  readonly told: (userId: string) => Promise<readonly { action: string; outcome: string }[]>;
  /** By it a customer is known again by what is personal. */
  readonly fingerprint: Fingerprint;
  /** What customers who left are made in. */
  readonly records: OffboardedIn;
  readonly close: () => Promise<void>;
}

let names = 0;

/** Opens one. @param provider - by which people sign in; null: by passwords */
export async function openWorld(
  provider: ((now: () => number) => Provider) | null = null,
  factorPolicy: FactorPolicy = 'none',
  csmSees: CsmSees = 'all',
): Promise<World> {
  const database = await inFolder();
  const keyring = await openTestKeyring();
  const store = await openStore(database.config, keyring.sealing);
  // The clock of the machine, so that what the database stamps by itself fits; it moves by what it is moved.
  let moved = 0;
  const now = (): number => Date.now() + moved;
  const at = (): string => new Date(now()).toISOString();
  const by = (actor: string | null = null): By => ({
    ...{ actor, requestId: 'test', reason: null, at: at() },
  });
  const deps: IdentityDeps = {
    ...{ people: store.identities, passwords: createPasswords(), attempts: createAttempts() },
    ...{ publicUrl: ORIGIN, provider: provider?.(now) ?? null, now },
    ...{ scimTokenHash: hashOfToken(SCIM_TOKEN), factorPolicy, csmSees },
  };
  const asNow = async (userId: string): Promise<User> => {
    const user = await store.identities.get(userId);
    if (!user) throw new Error('there is nobody of that id');
    return user;
  };
  const hash = await deps.passwords.hash(PASSWORD);
  const troubles: unknown[] = [];
  const registry = createRegistry(store);
  // What reaches Temporal is tested where there is one.
  const { keyProvider, sealing } = keyring;
  const timerStarts = { replace: async () => {} };
  const engine = createEngine({ store, registry, timerStarts } as never);
  const record = store.customerRecord(sealing.sealer, { ensure: keyProvider.createAll });
  const customers = createCustomers({ record, fingerprint: sealing.fingerprint });
  const parts = {
    ...{ customers, store, registry, engine, version: '0.0.0', folder: '/', startedAt: at() },
    keyProvider,
    connectors: createConnectors({
      ...{ store, systems: [], egress: NO_EGRESS, now: Date.now },
      ...{ smtp: { url: 'smtp://127.0.0.1:1' }, isMailCaught: false },
    }),
    temporalHealth: async () => ({ isWell: true, detail: 'not asked' }),
  };
  const operate = createOperate(parts as never);
  const camunda = { store, operate, registry, cursorSecret: CURSOR_SECRET, version: '0.0.0' };
  const designer = designerDeps();
  // Private names are refused as the engine refuses them; nothing is resolved.
  const webhooks = {
    refusalOf: async (url: string) => (url.includes('//10.') ? 'it is of no such place' : null),
    look: () => {},
  };
  const auditKeys = mkdtempSync(join(tmpdir(), 'jornada-test-audit-keys-'));
  const { seal } = careForAudit(
    { store, checkpoints: join(auditKeys, 'checkpoints.log'), anchor: null },
    { keyProvider, folder: join(auditKeys, 'keys') },
    (error) => troubles.push(error),
    null,
  );
  const { search: searchCustomers } = customers;
  const records = { record, registry, seal, verifier: bundleVerifier, searchCustomers };
  const links = { useAccess: async () => true, openExport: async () => 'unknown' as const };
  const appAt = async (origin: string): Promise<FastifyInstance> =>
    holdToTold(
      await buildApp({
        state: {
          deps: {
            ...links,
            readiness: async () => [],
            identities: deps,
            camunda,
            designer,
            webhooks,
            records,
          },
          origin,
        },
        ...{ isHttps: origin.startsWith('https:'), proxies: null },
        trouble: (error) => troubles.push(error),
      }),
      troubles,
    );
  const app = await appAt(ORIGIN);
  return {
    ...{ store, app, appAt, deps, troubles, at, fingerprint: sealing.fingerprint },
    records: { store, record, keyProvider, auditKeys: join(auditKeys, 'keys') },
    move: (ms) => {
      moved += ms;
    },
    person: (roles, more = {}) => {
      names += 1;
      const user = {
        ...{ userId: randomUUID(), loginName: `person-${names}`, displayName: 'Inês Pereira' },
        ...({ mail: null, locale: 'en', groups: [], isDemo: false } as const),
        ...more,
      };
      return store.identities.add({ ...user, roles }, hash, by());
    },
    session: async ({ userId }) => {
      const user = await asNow(userId);
      const { secret, tokenHash } = newSecret();
      const session = { sessionId: randomUUID(), tokenHash };
      await store.identities.openSession(user, session, by(userId));
      return pageHeaders(secret);
    },
    token: async (user, scopes) => {
      const expiresAt = new Date(now() + 86_400_000).toISOString();
      const wanted = { name: 'test', scopes: [...scopes], expiresAt };
      const owner = await asNow(user.userId);
      const { secret } = await createToken(deps, owner, wanted, by(user.userId));
      return { authorization: `Bearer ${secret}` };
    },
    ask: (asked) => app.inject(asked),
    told: async (userId) => {
      const filter = { object: { $like: `user:${userId}*` } };
      const sort = [{ field: 'number', order: 'ASC' }] as const;
      return (await store.audit.query({ filter, sort, limit: 1000 })).items;
    },
    close: async () => {
      await app.close();
      await store.close();
      await database.discard();
      keyring.discard();
      rmSync(auditKeys, { recursive: true, force: true });
    },
  };
}

/** What a browser and our page send along with a session. */
export function pageHeaders(secret: string): Record<string, string> {
  return {
    cookie: `jornada-session=${secret}`,
    origin: ORIGIN,
    'sec-fetch-site': 'same-origin',
    'x-csrf-token': csrfTokenOf(secret),
  };
}

/** The secret that an answer hands to a browser. */
export function secretIn({ cookies }: LightMyRequestResponse): string {
  return (cookies[0] as { readonly value: string } | undefined)?.value ?? '';
}

/** All that is kept of people but when it was last used, as a hash: the same text, nothing was changed. */
export async function stateOf({ store }: World): Promise<string> {
  // In the database: there may be thousands of people, and a test asks before and after each thing it tries.
  const { rows } = await store.reading((db) => db.execute<{ state: string }>(STATE));
  return rows[0]?.state ?? '';
}

const hashOf = (rows: SQL): SQL =>
  sql`coalesce((select md5(string_agg(of::text, ' ' order by of::text)) from (${rows}) of), 'none')`;

const STATE = sql`select concat_ws(' ',
  ${hashOf(sql`select * from users`)},
  ${hashOf(sql`select * from user_passwords`)},
  ${hashOf(sql`select session_id, user_id, epoch from user_sessions`)},
  ${hashOf(sql`select token_id, revoked_at, scopes from api_tokens`)},
  ${hashOf(sql`select * from password_links`)}) as state`;
