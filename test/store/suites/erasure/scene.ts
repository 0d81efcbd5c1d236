/** Customers, holds, instances and marks that erasures are tried upon. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { SideEffectDeps } from '../../../../activities/side-effects.js';
import { appendActs, type WrittenAct } from '../../../../store/audit/append.js';
import { erasableTables, eraseRegistry, eraseTable } from '../../../../store/erasure/index.js';
import {
  ENTITIES,
  type EntityDeclaration,
  type Queryable,
  type Sealer,
  type Store,
} from '../../../../store/index.js';
import { aCustomer, anImport, aRow } from '../../../support/customer-record.js';
import { type ErasureRun, type ErasureWorld, runJob } from '../../../support/erasure.js';

/** Where a suite tries them: opened before its first test. */
export interface Scene {
  readonly store: () => Store;
  readonly world: () => ErasureWorld;
  readonly folder: () => string;
}

export const RETAINED = [{ class: 'ledger', law: 'BR: five years', until: '2031-12-31' }];
export const DAY_MS = 24 * 60 * 60 * 1000;
export const OTHER: readonly string[] = [
  'customers',
  'contacts',
  'customer_subscriptions',
  'deletion_certificates',
  'erasure_requests',
  'erasure_ledger',
  'legal_holds',
  'suppressions',
];

/** A customer with a row in every table, marks included. */
export async function aWholeCustomer(
  deps: SideEffectDeps,
  mail = `ines-${randomUUID()}@example.org`,
) {
  const one = aCustomer();
  const contact = { ...one.contact, mail, role: 'sponsor' as const };
  await deps.record.take([{ ...one, contact }], anImport(), 0);
  const { customerId } = one.customer;
  const rows: Record<string, Record<string, unknown>> = {};
  for (const declaration of ENTITIES as readonly EntityDeclaration[]) {
    if (OTHER.includes(declaration.table)) continue;
    const row = aRow(declaration, { customerId, hash: 'a'.repeat(64) });
    await deps.record.table(declaration).add([row as never]);
    rows[declaration.table] = row;
  }
  return { ...one, contact, customerId, rows };
}

export const aRun = (customerId: string, more: Partial<ErasureRun> = {}): ErasureRun => ({
  ...{ customerId, requestId: randomUUID(), place: randomUUID(), retained: RETAINED, ...more },
});

export const hold = (
  deps: SideEffectDeps,
  customerId: string,
  records: string[],
  keys?: string[],
) =>
  runJob(deps, 'hold.place', randomUUID(), {
    ...{ customerId, records, ground: 'litigation', matterId: 'M-1', placedBy: 'leo' },
    ...(keys && { keys }),
  });

export const release = (deps: SideEffectDeps, customerId: string, holdId: unknown) =>
  runJob(deps, 'hold.release', randomUUID(), { customerId, holdId, releasedBy: 'lia' } as never);

/** An instance under the deployment's key that names the customer. */
export async function anOperators(deps: SideEffectDeps, customerId: string): Promise<string> {
  const instanceId = randomUUID();
  await deps.erasure.reading(async (db) => {
    await db.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
      definition_hash, root_instance_id, customer_key_id, state)
      values (${instanceId}, 'offboarding', 1, 'h', ${instanceId}, 'system', 'ACTIVE')`);
    await db.execute(sql`insert into variables (instance_id, scope_id, name, process_id, value, written_at, revision)
      values (${instanceId}, 'P:1', 'customerId', 'offboarding', to_jsonb(${customerId}::text), now(), 1)`);
  });
  return instanceId;
}

/** A personal part that stands in the open unless it is given as sealed. @returns the number of its entry */
export const aPart = (deps: SideEffectDeps, act: WrittenAct): Promise<number> =>
  deps.erasure.reading(async (db) => (await appendActs(db, [act])).first);

export const residueOf = async (
  deps: SideEffectDeps,
  { customerId, requestId }: ErasureRun,
  system: string,
) => {
  const asked = { customerId, requestId, system };
  return (await runJob(deps, 'erase.verify', randomUUID(), asked)).residue;
};

/** Registers a request and erases the customer from every place; the keys stay. */
export const eraseAll = async (
  deps: SideEffectDeps,
  who: { readonly customerId: string; readonly requestId: string },
): Promise<void> => {
  const asking = { ...who, basis: 'nda', requestedBy: 'ria' };
  await runJob(deps, 'erase.request', `${who.requestId} request`, asking);
  const { systems } = await runJob(deps, 'erase.plan', randomUUID(), who);
  for (const { system } of systems as unknown as readonly { system: string }[]) {
    const erasing = { ...who, system, method: 'hard delete', retained: RETAINED };
    await runJob(deps, 'erase.execute', randomUUID(), erasing as never);
  }
};

/** A customer as tests of restores take it. */
export interface Back {
  readonly customerId: string;
  readonly keyId: string;
  readonly sealer: Sealer;
}

/** Erases the record of a customer but for one table, and what the registry has: an erasure that got that far. */
export async function eraseAllBut(
  db: Queryable,
  { customerId, sealer }: Back,
  but?: EntityDeclaration,
): Promise<void> {
  const erasing = { requestId: randomUUID(), customerId, today: '2026-03-02', ledger: null };
  const keys = { retentionKeyId: randomUUID(), holdKeyId: randomUUID() };
  for (const declaration of erasableTables()) {
    if (declaration === but) continue;
    await db.transaction((tx) => eraseTable(tx, sealer, declaration, { ...erasing, ...keys }));
  }
  await eraseRegistry(db, customerId);
}

export const due = async (deps: SideEffectDeps, variables: object = {}) => {
  const found = await runJob(deps, 'erase.due', randomUUID(), { ...variables } as never);
  return found.due as unknown as readonly {
    customerId: string;
    requestId: string;
    basis: string;
  }[];
};

/** All rows of a customer as text, by table. */
export async function allRows(store: Store, customerId: string): Promise<Record<string, string[]>> {
  return store.reading(async (db) => {
    const { rows: tables } = await db.execute<{ name: string }>(sql`
      select distinct table_name as name from information_schema.columns
      where column_name = 'customer_id' and table_schema = current_schema() order by 1`);
    const found: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows } = await db.execute<{ all: string }>(
        sql`select t::text as all from ${sql.identifier(name)} t where customer_id = ${customerId} order by 1`,
      );
      found[name] = rows.map(({ all }) => all);
    }
    return found;
  });
}

export const MAILS = `key: p
title: { en: P, pt-BR: P }
description: { en: P., pt-BR: P. }
owner: csm
roles: { csm: { en: C, pt-BR: C } }
variables: {}
outcomes: {}
mails:
  news: { class: marketing, title: { en: N, pt-BR: N }, sample: {} }
  letter: { class: transactional, title: { en: N, pt-BR: N }, sample: {} }
retention: { instances: P1Y, reason: { en: R, pt-BR: R } }
`;

/** Sends a mail of a package that has two: `news`, which may be declined, and `letter`. */
export function runJobWithMail(deps: SideEffectDeps, variables: object, mail = 'news') {
  const header = { 'jornada:mail': mail };
  return runJob(deps, 'notify', randomUUID(), variables as never, header);
}
