import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addressHash } from '../../../activities/mail/suppression.js';
import type { SideEffectDeps } from '../../../activities/side-effects.js';
import { type CertificateFields, checkCertificates } from '../../../audit/index.js';
import { lastPartOf } from '../../../contracts/workflow-ids.js';
import { appendActs, type WrittenAct } from '../../../store/audit/append.js';
import {
  erasableTables,
  eraseRegistry,
  eraseTable,
  markGone,
  plainOf,
  readCertificates,
} from '../../../store/erasure/index.js';
import {
  ACCESS_GRANT,
  CONTACT,
  CUSTOMER,
  DELETION_CERTIFICATE,
  ENTITIES,
  type EntityDeclaration,
  ERASURE_LEDGER,
  ERASURE_REQUEST,
  EXPORT,
  INVOICE,
  LEGAL_HOLD,
  type Queryable,
  type Sealer,
  type Store,
  SUBSCRIPTION,
  TICKET_MESSAGE,
} from '../../../store/index.js';
import { failure } from '../../../worker/encryption/failure.js';
import { anAct } from '../../support/audit-log.js';
import { aCustomer, anImport, aRow } from '../../support/customer-record.js';
import {
  type ErasureRun,
  type ErasureWorld,
  openErasure,
  runErasure,
  runJob,
} from '../../support/erasure.js';
import { anInstance, numbered } from '../../support/store.js';

const RETAINED = [{ class: 'ledger', law: 'BR: five years', until: '2031-12-31' }];
const DAY_MS = 24 * 60 * 60 * 1000;
const OTHER: readonly string[] = [
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
async function aWholeCustomer(deps: SideEffectDeps, mail = `ines-${randomUUID()}@example.org`) {
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

const aRun = (customerId: string, more: Partial<ErasureRun> = {}): ErasureRun => ({
  ...{ customerId, requestId: randomUUID(), place: randomUUID(), retained: RETAINED, ...more },
});

const hold = (deps: SideEffectDeps, customerId: string, records: string[], keys?: string[]) =>
  runJob(deps, 'hold.place', randomUUID(), {
    ...{ customerId, records, ground: 'litigation', matterId: 'M-1', placedBy: 'leo' },
    ...(keys && { keys }),
  });

const release = (deps: SideEffectDeps, customerId: string, holdId: unknown) =>
  runJob(deps, 'hold.release', randomUUID(), { customerId, holdId, releasedBy: 'lia' } as never);

/** An instance under the deployment's key that names the customer. */
async function anOperators(deps: SideEffectDeps, customerId: string): Promise<string> {
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
const aPart = (deps: SideEffectDeps, act: WrittenAct): Promise<number> =>
  deps.erasure.reading(async (db) => (await appendActs(db, [act])).first);

const residueOf = async (
  deps: SideEffectDeps,
  { customerId, requestId }: ErasureRun,
  system: string,
) => {
  const asked = { customerId, requestId, system };
  return (await runJob(deps, 'erase.verify', randomUUID(), asked)).residue;
};

/** Registers a request and erases the customer from every place; the keys stay. */
const eraseAll = async (
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
interface Back {
  readonly customerId: string;
  readonly keyId: string;
  readonly sealer: Sealer;
}

/** Erases the record of a customer but for one table, and what the registry has: an erasure that got that far. */
async function eraseAllBut(
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

const due = async (deps: SideEffectDeps, variables: object = {}) => {
  const found = await runJob(deps, 'erase.due', randomUUID(), { ...variables } as never);
  return found.due as unknown as readonly {
    customerId: string;
    requestId: string;
    basis: string;
  }[];
};

/** An engine whose instances take no cancel, some because their key is gone, and a Temporal that has lost some of them. */
function stubborn() {
  const lost = new Set<string>();
  const terminated = new Set<string>();
  const getHandle = (workflowId: string) => {
    const instanceId = lastPartOf(workflowId);
    const found = async <T>(told: T): Promise<T> => {
      if (lost.has(instanceId)) throw new WorkflowNotFoundError('no such', workflowId, undefined);
      return told;
    };
    return {
      workflowId,
      describe: () =>
        found({ status: { name: terminated.has(instanceId) ? 'TERMINATED' : 'RUNNING' } }),
      terminate: async () => terminated.add(instanceId),
      fetchHistory: () => found({ events: [] }),
    };
  };
  const keyless = new Set<string>();
  const cancel = async ({ instanceId }: { readonly instanceId: string }) => {
    if (keyless.has(instanceId)) throw failure('KEY_SHREDDED', { keyId: 'its own' });
    return { ok: false, code: 'WORKER_UNAVAILABLE' };
  };
  const engine = { cancel };
  const running = Promise.resolve({ engine, client: { workflow: { getHandle } } } as never);
  return { lost, keyless, terminated, running };
}

/** Clocks of who waits go so many seconds ahead at each look. */
function hurry(seconds: number): Disposable {
  let now = 0;
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += seconds * 1000;
    return now;
  });
  return { [Symbol.dispose]: () => spy.mockRestore() };
}

/** Erasing customers: the side effects on a real store. */
export function erasureSuite(store: () => Store): void {
  let world: ErasureWorld;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jornada-erasure-'));
    world = await openErasure(store(), folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('erasing a customer', () => {
    test('takes all that is personal of one, and nothing of another', async () => {
      const { deps } = world;
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const otherBefore = await allRows(store(), other.customerId);
      const given = await runErasure(deps, aRun(one.customerId));
      expect(given['certificate.sign']).toMatchObject({ certificateId: expect.any(String) });
      expect(await allRows(store(), other.customerId)).toEqual(otherBefore);
      expect(await deps.record.table(CONTACT).of([one.customerId])).toEqual([]);
      const customer = await deps.record.table(CUSTOMER).get(one.customerId);
      expect(customer).toMatchObject({ isErased: true, state: 'gone', country: 'ZZ', tz: 'UTC' });
      const messages = await deps.record.table(TICKET_MESSAGE).of([one.customerId]);
      expect(messages).toMatchObject([{ isErased: true }]);
      // The books stay, under a key of their own, and are read as before.
      const [invoice] = await deps.record.table(INVOICE).of([one.customerId]);
      expect(invoice).toMatchObject({ ...one.rows.invoices, isErased: false });
      const [price] = await deps.record.table(SUBSCRIPTION).of([one.customerId]);
      expect(price).toMatchObject({ priceMinor: 14_900, isErased: false });
    });

    test('without a law that keeps them takes the books as well', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId, { retained: [] }));
      expect(await deps.record.table(INVOICE).of([customerId])).toEqual([]);
      expect(await deps.record.table(SUBSCRIPTION).of([customerId])).toEqual([]);
    });

    test('destroys the key only when nothing is left, and certifies nothing before', async () => {
      const { deps, keyProvider } = world;
      const { customerId } = await aWholeCustomer(deps);
      const run = aRun(customerId);
      const who = { customerId, requestId: run.requestId };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      const notVerified = { type: 'ERASURE_NOT_VERIFIED' };
      await expect(runJob(deps, 'key.destroy', randomUUID(), who)).rejects.toMatchObject(
        notVerified,
      );
      const approvers = [
        { id: 'a', role: 'x' },
        { id: 'b', role: 'y' },
      ];
      const signing = { ...who, approvers, verifier: 'c', backupHorizon: '2026-12-31' };
      await expect(runJob(deps, 'certificate.sign', randomUUID(), signing)).rejects.toMatchObject(
        notVerified,
      );
      const customer = await deps.record.table(CUSTOMER).get(customerId);
      expect(await keyProvider.list()).toContain(customer?.keyId);
    });

    test('stops mail to its people, of whom only hashes are kept', async () => {
      const { deps } = world;
      const { customerId, contact } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId));
      const files = {
        'process.yaml': MAILS,
        'mail/news.en.liquid': '---\nsubject: News\n---\nHello',
      };
      const mailing = { ...deps, packageFiles: async () => files };
      const { name, mail } = contact;
      const send = runJobWithMail(mailing, { recipient: { name, mail } });
      expect(await send).toMatchObject({ sentAt: null, suppressedBy: ['erasure'] });
      const stored = JSON.stringify(await allRows(store(), customerId));
      expect(stored).toContain(await addressHash(deps, mail));
      expect(stored).not.toContain(mail);
    });

    test('takes caught mails and files of exports', async () => {
      const { deps, mailbox, exportsFolder } = world;
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      for (const { contact } of [one, other]) {
        const lines = ['From: a@b.example', `To: ${contact.mail}`, 'Subject: Hi', '', 'Hello'];
        await mailbox.keep(Buffer.from(lines.join('\r\n')));
      }
      for (const { rows } of [one, other]) {
        const folder = join(exportsFolder, String(rows.exports?.exportId));
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, 'contacts.jsonl'), 'Zephyrine');
      }
      await runErasure(deps, aRun(one.customerId));
      expect((await mailbox.list()).map(({ to }) => to[0])).toEqual([other.contact.mail]);
      expect(await readdir(exportsFolder)).toEqual([String(other.rows.exports?.exportId)]);
    });

    test('takes what people said of it on instances that run under no key of it', async () => {
      const { deps } = world;
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const parts = [one, other].map(async ({ customerId }) => {
        const object = `task:${await anOperators(deps, customerId)}/T:1`;
        return aPart(deps, anAct({ object, reason: 'Zephyrine called, she is ill' }));
      });
      const [number = 0, otherNumber = 0] = await Promise.all(parts);
      const run = aRun(one.customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId: one.customerId, requestId: run.requestId },
        ...{ basis: 'nda', requestedBy: 'ria' },
      });
      expect(await residueOf(deps, run, 'audit')).toEqual([
        { system: 'audit', place: 'audit_personal', count: 1 },
      ]);
      await runErasure(deps, run);
      expect(await residueOf(deps, run, 'audit')).toEqual([]);
      const filter = { number: { $in: [number, otherNumber] } };
      expect((await store().audit.query({ filter })).items).toMatchObject([
        { reason: 'Zephyrine called, she is ill' },
        { reason: null, isErased: true },
      ]);
    });

    test('finds by its text what an act upon something else says of it or of a contact', async () => {
      const { deps } = world;
      const [one, other] = [await aWholeCustomer(deps), await aWholeCustomer(deps)];
      const run = aRun(one.customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId: one.customerId, requestId: run.requestId },
        ...{ basis: 'nda', requestedBy: 'ria' },
      });
      // Its own row goes, and that of its access stays as a pseudonym.
      const { contactId } = one.contact;
      const grant = aRow(ACCESS_GRANT, { customerId: one.customerId, contactId });
      await deps.record.table(ACCESS_GRANT).add([{ ...grant, grantId: randomUUID() } as never]);
      const object = 'message:paid';
      const acts = [
        anAct({ object, reason: `it was ${one.customerId}, again` }),
        anAct({ object, data: { asked: { by: contactId } } }),
        anAct({ object, reason: other.customerId }),
      ];
      const numbers = await Promise.all(acts.map((act) => aPart(deps, act)));
      expect(await residueOf(deps, run, 'audit')).toMatchObject([{ count: 2 }]);
      await runErasure(deps, run);
      const filter = { number: { $in: numbers } };
      const { items } = await store().audit.query({ filter });
      const left = items.filter(({ isErased }) => !isErased);
      expect(left).toMatchObject([{ reason: other.customerId }]);
      for (const id of [one.customerId, contactId]) {
        await aPart(deps, anAct({ object, reason: `${id} is gone` }));
      }
      expect(await residueOf(deps, run, 'audit')).toMatchObject([{ count: 2 }]);
    });

    test('finds what was set up as long as its details say how', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const run = aRun(customerId);
      await runErasure(deps, run);
      expect(await residueOf(deps, run, 'registry')).toEqual([]);
      await deps.erasure.reading((db) =>
        db.execute(sql`insert into resources (resource_id, kind, customer_id, attempt, state, detail, effect_key, ended_at)
          values (${randomUUID()}, 'tenant', ${customerId}, 'a', 'ended', '{"name": "Zephyrine"}', 'k', now())`),
      );
      expect(await residueOf(deps, run, 'registry')).toEqual([
        { system: 'registry', place: 'resources.detail', count: 1 },
      ]);
    });

    test('leaves to the key what was sealed under it since, and does not look for it again', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const run = aRun(customerId);
      await runJob(deps, 'erase.request', randomUUID(), {
        ...{ customerId, requestId: run.requestId, basis: 'nda', requestedBy: 'ria' },
      });
      const act = { ...anAct({ object: `customer:${customerId}` }), reason: null, data: null };
      const sealed = { keyId, personal: `${keyId}/${'a'.repeat(64)}`, bytes: '\\x01' };
      await aPart(deps, { ...act, sealed });
      expect(await residueOf(deps, run, 'audit')).toEqual([]);
    });

    test('takes no file of an export whose id only holds that of its own', async () => {
      const { deps, exportsFolder } = world;
      const { customerId } = await aWholeCustomer(deps);
      const exportId = `${customerId}-9`;
      for (const name of [exportId, customerId, `${customerId}-99`]) {
        await mkdir(join(exportsFolder, name), { recursive: true });
        await writeFile(join(exportsFolder, name, `${exportId}.zip`), 'Zephyrine');
      }
      await deps.record.table(EXPORT).add([aRow(EXPORT, { customerId, exportId }) as never]);
      await runErasure(deps, aRun(customerId));
      const left = (await readdir(exportsFolder)).filter((name) => name.startsWith(customerId));
      expect(left.sort()).toEqual([customerId, `${customerId}-99`]);
    });

    test('chains certificates that are checked without us, and name nobody', async () => {
      const { deps } = world;
      for (const _ of [1, 2]) {
        const { customerId } = await aWholeCustomer(deps);
        await runErasure(deps, aRun(customerId));
      }
      const rows = await store().reading(readCertificates);
      const all = rows.map((one) => plainOf(one) as CertificateFields);
      // Other tests of the store add rows that nobody signed.
      const unsigned = rows.filter(({ signedBy }) => !signedBy.includes('+')).length;
      const { key } = await deps.erasure.signer();
      const faultsOf = (certificates: readonly CertificateFields[]): readonly number[] =>
        checkCertificates(certificates, [key])
          .map(({ number }) => number)
          .filter((number) => number > unsigned);
      expect(faultsOf(all)).toEqual([]);
      const changed = { ...all[unsigned], countsAfter: { 'record.contacts': 1 } };
      const forged = all.with(unsigned, changed as CertificateFields);
      expect(faultsOf(forged)).toEqual([unsigned + 1, unsigned + 2]);
      expect(faultsOf(all.toSpliced(unsigned, 1)).length).toBeGreaterThan(0);
      expect(JSON.stringify(all)).not.toMatch(/Zephyrine|Ria Lda|ines-/);
    });
  });

  describe('instances that tell of no end', () => {
    test('are terminated, noted as cancelled, and hold nothing up', async () => {
      const { lost, keyless, terminated, running } = stubborn();
      const { deps } = await openErasure(store(), folder, running);
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const begin = async (): Promise<string> => {
        const instance = anInstance({ customerKeyId: keyId });
        await store().journal.append(instance, numbered([{ kind: 'instanceStarted' }]));
        return instance.instanceId;
      };
      const [refusing, unasked, gone] = [await begin(), await begin(), await begin()];
      keyless.add(unasked);
      lost.add(gone);
      const run = aRun(customerId);
      using _ = hurry(15);
      const given = await runErasure(deps, run);
      expect([...terminated].sort()).toEqual([refusing, unasked].sort());
      expect(given['instances.end']).toEqual({ endedInstances: 3 });
      expect(given['certificate.sign']?.counts).toContainEqual({
        ...{ system: 'histories', class: 'instances', before: 3, after: 0 },
      });
      const cancelled = { state: 'CANCELLED', endedAt: expect.any(String), lastSequence: 2 };
      for (const instanceId of [refusing, unasked, gone]) {
        expect(await store().processInstances.get(instanceId)).toMatchObject(cancelled);
        const { items } = await store().journal.search({ filter: { instanceId } });
        expect(items.at(-1)).toMatchObject({ actor: `erase ${run.requestId}` });
        // A decision that was under way when it was terminated is not what happened.
        const late = store().journal.append(
          anInstance({ instanceId, rootInstanceId: instanceId, customerKeyId: keyId }),
          numbered([{ kind: 'instanceSuspended' }], 2),
          { after: 1, fence: Date.now() * 100 },
        );
        await expect(late).rejects.toMatchObject({ code: 'STORE_JOURNAL_STALE' });
      }
      await store().journal.rebuild();
      expect(await store().processInstances.get(gone)).toMatchObject(cancelled);
    });

    test('but run on are waited for', async () => {
      const { running } = stubborn();
      const { deps } = await openErasure(store(), folder, running);
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const instance = anInstance({ customerKeyId: keyId });
      await store().journal.append(instance, numbered([{ kind: 'instanceStarted' }]));
      const who = { customerId, requestId: randomUUID() };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      const erasing = { ...who, system: 'histories', method: 'crypto-shredding' };
      expect(await runJob(deps, 'erase.execute', randomUUID(), erasing)).toMatchObject({
        erased: [{ system: 'histories', before: 1, after: 1 }],
      });
    });
  });

  describe('legal holds', () => {
    test('on all of a customer block, and the request begins again when they are released', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const { holdId } = await hold(deps, customerId, ['all']);
      const requestId = randomUUID();
      const who = { customerId, requestId };
      const asking = { ...who, basis: 'nda', requestedBy: 'ria' };
      await runJob(deps, 'erase.request', 'block-1', asking);
      expect(await runJob(deps, 'hold.check', 'c', who)).toMatchObject({ allHeld: true });
      await runJob(deps, 'erase.settle', 'block-2', {
        ...who,
        state: 'blocked',
        holdIds: [holdId],
      } as never);
      expect((await due(deps)).map((one) => one.requestId)).not.toContain(requestId);
      await release(deps, customerId, holdId);
      expect(await due(deps)).toContainEqual({ customerId, requestId, basis: 'nda' });
      expect(await runJob(deps, 'erase.request', 'block-3', asking)).toMatchObject({
        registered: 'open',
        leadRequestId: requestId,
      });
      expect((await due(deps)).map((one) => one.requestId)).not.toContain(requestId);
    });

    test('that come after the check stop the table in its own transaction', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const who = { customerId, requestId: randomUUID() };
      await runJob(deps, 'erase.request', randomUUID(), { ...who, basis: 'nda', requestedBy: 'r' });
      expect(await runJob(deps, 'hold.check', 'x', who)).toMatchObject({ allHeld: false });
      const before = await allRows(store(), customerId);
      await hold(deps, customerId, ['all']);
      const erasing = { ...who, system: 'record', method: 'hard delete', retained: RETAINED };
      await expect(
        runJob(deps, 'erase.execute', randomUUID(), erasing as never),
      ).rejects.toMatchObject({ type: 'BPMN_ERROR', details: [{ errorCode: 'LEGAL_HOLD' }] });
      await expect(runJob(deps, 'key.destroy', randomUUID(), who)).rejects.toMatchObject({
        details: [{ errorCode: 'LEGAL_HOLD' }],
      });
      const after = await allRows(store(), customerId);
      for (const table of ['contacts', 'ticket_messages', 'invoices']) {
        expect(after[table]).toEqual(before[table]);
      }
    });

    test('on a part keep that part readable beyond the key, until they are released', async () => {
      const { deps, keyProvider } = world;
      const { customerId, rows } = await aWholeCustomer(deps);
      const { holdId } = await hold(deps, customerId, ['ticket_messages']);
      const first = aRun(customerId);
      const given = await runErasure(deps, first);
      expect(given['certificate.sign']?.retained).toContainEqual({
        ...{ class: 'held', law: 'legal hold', until: null },
      });
      const messages = deps.record.table(TICKET_MESSAGE);
      expect(await messages.of([customerId])).toMatchObject([
        { ...rows.ticket_messages, isErased: false },
      ]);
      expect(await deps.record.table(CONTACT).of([customerId])).toEqual([]);
      const before = await keyProvider.list();
      await release(deps, customerId, holdId);
      const [next] = (await due(deps)).filter((one) => one.customerId === customerId);
      expect(next?.basis).toBe('retention_end');
      await runErasure(
        deps,
        aRun(customerId, { requestId: next?.requestId ?? '', basis: 'retention_end' }),
      );
      expect(await messages.of([customerId])).toMatchObject([{ isErased: true }]);
      expect(await deps.record.table(LEGAL_HOLD).of([customerId])).toMatchObject([
        { isErased: true },
      ]);
      // Only what the law keeps has a key still.
      expect((await keyProvider.list()).length).toBeLessThan(before.length);
      const [invoice] = await deps.record.table(INVOICE).of([customerId]);
      expect(invoice).toMatchObject({ isErased: false });
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('that come while nothing is left stop the keys, and are refused once these go', async () => {
      const { deps, keyProvider } = world;
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const who = { customerId, requestId: randomUUID() };
      await eraseAll(deps, who);
      // Looking for what is left comes after the first look at the holds.
      const find: typeof deps.erasure.exports.find = async (ids) => {
        await hold(deps, customerId, ['all']);
        return deps.erasure.exports.find(ids);
      };
      const exports = { ...deps.erasure.exports, find };
      const late = { ...deps, erasure: { ...deps.erasure, exports } };
      await expect(runJob(late, 'key.destroy', 'k', who)).rejects.toMatchObject({
        details: [{ errorCode: 'LEGAL_HOLD' }],
      });
      expect(await keyProvider.list()).toContain(keyId);
      for (const { holdId } of await deps.record.table(LEGAL_HOLD).of([customerId])) {
        await release(deps, customerId, holdId);
      }
      await eraseAll(deps, who);
      const refusals: unknown[] = [];
      const destroy = async (id: string): Promise<void> => {
        refusals.push(await hold(deps, customerId, ['all']).catch((error: unknown) => error));
        await keyProvider.destroy(id);
      };
      const keys = { ...deps.erasure.keys, destroy };
      await runJob({ ...deps, erasure: { ...deps.erasure, keys } }, 'key.destroy', 'k', who);
      expect(refusals.length).toBeGreaterThan(0);
      for (const one of refusals) expect(one).toMatchObject({ type: 'HOLD_TOO_LATE' });
      expect(await keyProvider.list()).not.toContain(keyId);
    });

    test('are placed again while an erasure that was stopped waits, and after it began anew', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const who = { customerId, requestId: randomUUID() };
      const asking = { ...who, basis: 'nda', requestedBy: 'ria' };
      await runJob(deps, 'erase.request', randomUUID(), asking);
      const requests = deps.record.table(ERASURE_REQUEST);
      const { version = 0 } = (await requests.get(who.requestId)) ?? {};
      await requests.change([who.requestId], version, { verifiedAt: '2026-03-02T12:00:00.000Z' });
      await expect(hold(deps, customerId, ['contacts'])).rejects.toMatchObject({
        type: 'HOLD_TOO_LATE',
      });
      await runJob(deps, 'erase.settle', randomUUID(), { ...who, state: 'cancelled' });
      await hold(deps, customerId, ['contacts']);
      await runJob(deps, 'erase.request', randomUUID(), asking);
      await hold(deps, customerId, ['contacts']);
    });

    test('of tables that there are not are refused', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      await expect(hold(deps, customerId, ['secrets'])).rejects.toMatchObject({
        type: 'HOLD_RECORDS_UNKNOWN',
      });
    });
  });

  describe('what comes back to an erasure', () => {
    test('is the end of a term: the books go, and their key', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      await runErasure(deps, aRun(customerId));
      const later = { ...deps, now: () => Date.parse('2032-01-02T00:00:00Z') };
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
      const [next] = (await due(later)).filter((one) => one.customerId === customerId);
      expect(next?.basis).toBe('retention_end');
      await runErasure(later, aRun(customerId, { ...next, retained: [] } as never));
      expect(await deps.record.table(INVOICE).of([customerId])).toEqual([]);
      expect((await due(later)).filter((one) => one.customerId === customerId)).toEqual([]);
    });

    /** What a restore may bring back of a customer whose key is gone, and how that is told from one who is erased. */
    const back: readonly (readonly [what: string, left: (tx: Queryable, of: Back) => unknown])[] = [
      ['as it was', () => null],
      ['after it had left', (tx, { customerId }) => markGone(tx, customerId)],
      [
        'without anything but a mark',
        async (tx, of) => {
          await eraseAllBut(tx, of);
          await tx.execute(sql`insert into customer_marks (customer_id, kind, mark)
            values (${of.customerId}, 'tax-id', ${randomUUID()})`);
        },
      ],
      [
        'without anything but what an instance held',
        async (tx, of) => {
          await eraseAllBut(tx, of);
          const instance = anInstance({ customerKeyId: of.keyId, businessKey: 'order-7' });
          await store().journal.append(instance, numbered([{ kind: 'instanceCompleted' }]));
        },
      ],
      ['without anything but an invoice', (tx, of) => eraseAllBut(tx, of, INVOICE)],
    ];

    test.each(back)('is a customer whose key is gone and who is back %s', async (_what, leave) => {
      const { running } = stubborn();
      const { deps, keyProvider } = await openErasure(store(), folder, running);
      const { customerId } = await aWholeCustomer(deps);
      const { keyId = '' } = (await deps.record.table(CUSTOMER).get(customerId)) ?? {};
      const { sealer, reading } = deps.erasure;
      await reading((db) => leave(db, { customerId, keyId, sealer }) as Promise<unknown>);
      await keyProvider.destroy(keyId);
      expect((await due(deps)).filter((one) => one.customerId === customerId)).toEqual([]);
      const found = (await due(deps, { replay: true })).filter(
        (one) => one.customerId === customerId,
      );
      expect(found).toMatchObject([{ basis: 'restore_replay' }]);
      await runErasure(deps, aRun(customerId, { ...found[0] } as never));
      expect(await deps.record.table(CONTACT).of([customerId])).toEqual([]);
      const again = await due(deps, { replay: true });
      expect(again.filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('is nobody of whom a part is kept on purpose', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      await hold(deps, customerId, ['ticket_messages']);
      await runErasure(deps, aRun(customerId));
      const found = await due(deps, { replay: true });
      expect(found.filter((one) => one.customerId === customerId)).toEqual([]);
    });

    test('is a second request: it joins the first and is certified with it', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const first = aRun(customerId);
      const second = {
        customerId,
        requestId: randomUUID(),
        basis: 'data_subject',
        requestedBy: 'x',
      };
      const given = await runErasure(deps, first, async (step) => {
        const told = await step();
        if (told.registered === 'open') {
          expect(await runJob(deps, 'erase.request', 'second', second)).toMatchObject({
            ...{ registered: 'joined', leadRequestId: first.requestId },
          });
        }
        return told;
      });
      const certificateId = given['certificate.sign']?.certificateId;
      expect(await runJob(deps, 'erase.status', 's', second)).toEqual({
        ...{ state: 'certified', certificateId },
      });
      const requests = await deps.record.table(ERASURE_REQUEST).of([customerId]);
      expect(requests.map((one) => one.certificateId)).toEqual([certificateId, certificateId]);
    });

    test('is one whose instance was cancelled: the next request takes it over', async () => {
      const { deps } = world;
      const { customerId } = await aWholeCustomer(deps);
      const first = { ...aRun(customerId), basis: 'contract_end' };
      await runJob(deps, 'erase.request', `left ${first.requestId}`, first as never);
      const instanceId = randomUUID();
      await deps.erasure.reading((db) =>
        db.execute(sql`insert into process_instances (instance_id, process_id, definition_version,
          definition_hash, root_instance_id, customer_key_id, state)
          values (${instanceId}, 'data-deletion', 1, 'h', ${instanceId}, 'system', 'CANCELLED')`),
      );
      const requests = deps.record.table(ERASURE_REQUEST);
      const { version = 0 } = (await requests.get(first.requestId)) ?? {};
      await requests.change([first.requestId], version, { instanceId });
      const second = aRun(customerId);
      const given = await runErasure(deps, second);
      expect(given['erase.request']).toMatchObject({ registered: 'open' });
      const certificateId = given['certificate.sign']?.certificateId;
      expect(await requests.get(first.requestId)).toMatchObject({
        ...{ state: 'certified', joinedTo: second.requestId, certificateId },
      });
    });
  });

  describe('an address for the last letter', () => {
    test('is readable without the key of the customer, and forgotten with its own', async () => {
      const { deps, keyProvider } = world;
      const { customerId, contact } = await aWholeCustomer(deps);
      const { addressId } = await runJob(deps, 'address.keep', 'keep-1', { customerId });
      expect(await runJob(deps, 'address.keep', 'keep-1', { customerId })).toMatchObject({
        addressId,
      });
      await runErasure(deps, aRun(customerId));
      const files = {
        'process.yaml': MAILS,
        'mail/letter.en.liquid': '---\nsubject: Bye\n---\nHello {{ name }}',
      };
      const mailing = { ...deps, packageFiles: async () => files };
      const unknown = { type: 'RECIPIENT_UNKNOWN' };
      const toContact = { recipientContactId: contact.contactId };
      await expect(runJobWithMail(mailing, toContact, 'letter')).rejects.toMatchObject(unknown);
      const toAddress = { recipientAddressId: addressId };
      // Nothing listens there: that it got so far shows that the address was read.
      await expect(runJobWithMail(mailing, toAddress, 'letter')).rejects.not.toMatchObject(unknown);
      const keys = await keyProvider.list();
      await runJob(deps, 'address.forget', 'forget-1', { addressId: addressId ?? null });
      expect((await keyProvider.list()).length).toBe(keys.length - 1);
      await runJob(deps, 'address.forget', 'forget-1', { addressId: addressId ?? null });
      await expect(runJobWithMail(mailing, toAddress, 'letter')).rejects.toMatchObject(unknown);
    });
  });

  describe('an address that is forgotten', () => {
    const later = (deps: SideEffectDeps) => ({ ...deps, now: () => Date.now() + 40 * DAY_MS });
    const byItself = (deps: SideEffectDeps, addressId: string) =>
      runJob(deps, 'address.forget', `forget ${addressId}`, { addressId });
    const bySweep = (deps: SideEffectDeps) => runJob(later(deps), 'erase.due', randomUUID(), {});

    test.each([
      ['by itself', byItself],
      ['by the sweep', bySweep],
    ] as const)('%s loses its key, wherever that is killed', async (_how, forget) => {
      const { deps, keyProvider } = world;
      const without = new Set(await keyProvider.list());
      const keep = async (): Promise<string> => {
        const { customerId } = await aWholeCustomer(deps);
        without.add((await deps.record.table(CUSTOMER).get(customerId))?.keyId ?? '');
        const { addressId } = await runJob(deps, 'address.keep', randomUUID(), { customerId });
        return String(addressId);
      };
      const counted = await keep();
      const calls = await countCalls(deps, async (counting) => {
        await forget(counting, counted);
      });
      for (let point = 1; point <= calls; point += 1) {
        const addressId = await keep();
        // Killed before this call, and in another life after it.
        for (const after of [false, true]) {
          await forget(killedAt(deps, point, after).killing, addressId).catch(() => {});
        }
        await bySweep(deps);
        expect((await keyProvider.list()).filter((id) => !without.has(id))).toEqual([]);
      }
    });
  });

  describe('killed anywhere', () => {
    test('an erasure done again comes to the same', async () => {
      const { deps } = world;
      const calls = await countCalls(deps, async (counting) => {
        const { customerId } = await aWholeCustomer(deps);
        await runErasure(counting, aRun(customerId));
      });
      expect(calls).toBeGreaterThan(50);
      const points = Array.from({ length: 16 }, (_, index) =>
        Math.ceil(((index + 1) * calls) / 17),
      );
      for (const point of points) {
        const { customerId } = await aWholeCustomer(deps);
        const run = aRun(customerId);
        const { killing, wasKilled } = killedAt(deps, point);
        await runErasure(killing, run, twice);
        expect(wasKilled()).toBe(true);
        await expectErasedOnce(deps, store(), run);
      }
    }, 240_000);
  });
}

const MAILS = `key: p
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

function runJobWithMail(deps: SideEffectDeps, variables: object, mail = 'news') {
  const header = { 'jornada:mail': mail };
  return runJob(deps, 'notify', randomUUID(), variables as never, header);
}

/** All rows of a customer as text, by table. */
async function allRows(store: Store, customerId: string): Promise<Record<string, string[]>> {
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

class Killed extends Error {}

/** Every call of a port counts, and the one that is due is the last thing the process does: half of them never happen. */
function interrupting(
  deps: SideEffectDeps,
  onCall: (run: () => unknown) => unknown,
): SideEffectDeps {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, name) => {
        const held: unknown = Reflect.get(of, name);
        if (typeof held === 'function') {
          return (...given: unknown[]) =>
            onCall(() => (held as (...all: unknown[]) => unknown)(...given));
        }
        return held !== null && typeof held === 'object' ? wrap(held) : held;
      },
    });
  return { ...deps, erasure: wrap(deps.erasure), effects: wrap(deps.effects) };
}

async function countCalls(
  deps: SideEffectDeps,
  work: (counting: SideEffectDeps) => Promise<void>,
): Promise<number> {
  let calls = 0;
  await work(
    interrupting(deps, (run) => {
      calls += 1;
      return run();
    }),
  );
  return calls;
}

function killedAt(deps: SideEffectDeps, point: number, isAfter = point % 2 !== 0) {
  let calls = 0;
  const killing = interrupting(deps, async (run) => {
    calls += 1;
    if (calls === point && !isAfter) throw new Killed('before it happened');
    const result = await run();
    if (calls === point) throw new Killed('after it happened');
    return result;
  });
  return { killing, wasKilled: () => calls >= point };
}

/** Whoever was killed is run again, as Temporal does. */
async function twice<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return step();
  }
}

async function expectErasedOnce(
  deps: SideEffectDeps,
  store: Store,
  run: ErasureRun,
): Promise<void> {
  const { customerId, requestId } = run;
  const { record } = deps;
  const certificates = await record.table(DELETION_CERTIFICATE).of([customerId]);
  expect(certificates).toHaveLength(1);
  const ledger = await record.table(ERASURE_LEDGER).of([customerId]);
  const places = ledger.map((one) => `${one.system}.${one.recordClass}`);
  expect(new Set(places).size).toBe(places.length);
  expect(ledger.every(({ after }) => after === 0)).toBe(true);
  expect(ledger.find(({ recordClass }) => recordClass === 'contacts')).toMatchObject({ before: 1 });
  const requests = await record.table(ERASURE_REQUEST).of([customerId]);
  expect(requests).toMatchObject([{ requestId, state: 'certified' }]);
  expect(await record.table(CONTACT).of([customerId])).toEqual([]);
  expect(await record.table(INVOICE).of([customerId])).toMatchObject([{ isErased: false }]);
  expect((await record.table(CUSTOMER).get(customerId))?.isErased).toBe(true);
  expect(JSON.stringify(await allRows(store, customerId))).not.toMatch(/Zephyrine/);
}
