/**
 * A customer that left, in a store: the offboarding of the first scenario of its package, played by the real interpreter,
 * with what is in the record besides (accesses, an export, a certificate of deletion) and what people did in the audit.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { newId } from '../../activities/identifiers.js';
import { runOfFile } from '../../cli/deployment/scenario.js';
import type { JournalEntry } from '../../engine/model/index.js';
import {
  createPlayHost,
  readScenarios,
  type TracedEntry,
} from '../../engine/play/scenario/index.js';
import { createRegistry, type Registry } from '../../registry/index.js';
import { addCertificate } from '../../store/erasure/index.js';
import {
  ACCESS_EVIDENCE,
  ACCESS_GRANT,
  type CustomerRecord,
  ERASURE_REQUEST,
  EXPORT,
  INVOICE,
  type Store,
} from '../../store/index.js';
import type { KeyProvider } from '../../worker/encryption/index.js';
import { certificateSigner } from '../../worker/erasure/certificate-signer.js';
import { readPackageFolder } from '../../worker/start/package-files.js';
import { aCustomer, anImport, aRow } from './customer-record.js';

/** What it is made in. */
export interface OffboardedIn {
  readonly store: Store;
  readonly record: CustomerRecord;
  readonly keyProvider: KeyProvider;
  /** Folder of the keys that sign the log. */
  readonly auditKeys: string;
}

/** Who left, and by which case. */
export interface Offboarded {
  readonly registry: Registry;
  readonly customerId: string;
  readonly legalName: string;
  readonly caseId: string;
  readonly exportId: string;
  readonly certificateId: string;
  readonly evidenceIds: readonly string[];
}

const FILE = 'definitions/offboarding/scenarios/completed.yaml';
const PROCESSES = ['data-export', 'access-revocation', 'data-deletion', 'offboarding'];

/** Makes one. */
export async function offboardedCustomer(made: OffboardedIn): Promise<Offboarded> {
  const { store, record } = made;
  const registry = createRegistry(store);
  const one = aCustomer(randomUUID(), 'Padaria Aurora Lda.');
  const { customerId, legalName } = one.customer;
  await record.take([one], anImport(), 0);
  const { keyId } = (await store.customerKeys.of(customerId)) ?? { keyId: '' };
  const hashes = await deployAll(registry);
  const journal = await playedBy(customerId);
  const caseId = await appendAll(store, journal, hashes, keyId);
  const children = await store.processInstances.search({ filter: { callerInstanceId: caseId } });
  const childOf = (processId: string): string =>
    children.items.find((row) => row.processId === processId)?.instanceId ?? '';
  const evidenceIds = await addAccess(record, customerId);
  const exportId = randomUUID();
  const [invoice, exported] = [
    aRow(INVOICE, { customerId }),
    aRow(EXPORT, { customerId, exportId }),
  ];
  await record.table(INVOICE).add([invoice as never]);
  const packed = { instanceId: childOf('data-export'), manifestSha256: 'ab'.repeat(32) };
  await record.table(EXPORT).add([{ ...exported, ...packed, state: 'confirmed' } as never]);
  const certificateId = await certify(made, customerId, childOf('data-deletion'));
  await note(store, caseId);
  return { registry, customerId, legalName, caseId, exportId, certificateId, evidenceIds };
}

async function deployAll(registry: Registry): Promise<ReadonlyMap<string, string>> {
  const packages = await Promise.all(
    PROCESSES.map((key) => readPackageFolder(`definitions/${key}`)),
  );
  const deployedAt = '2026-03-01T12:00:00.000Z';
  const reports = await registry.deploy({
    ...{ packages, deployedAt, mode: 'compat', alongside: PROCESSES },
  });
  const wrong = reports.find(({ ok }) => !ok);
  if (wrong) throw new Error(JSON.stringify(wrong.findings.slice(0, 3)));
  return new Map(PROCESSES.map((key, index) => [key, reports[index]?.hash ?? '']));
}

/** The journal of the scenario, with ids and the customer of its own. */
async function playedBy(customerId: string): Promise<readonly TracedEntry[]> {
  const read = readScenarios(readFileSync(FILE, 'utf8'), FILE);
  const scenario = 'scenarios' in read ? read.scenarios[0] : undefined;
  if (!scenario) throw new Error('there is no scenario to play');
  const { journal, ok } = await runOfFile(scenario, FILE, createPlayHost);
  if (!ok) throw new Error('the scenario does not hold');
  const ids = new Map(journal.map((one) => [one.instanceId, '']));
  for (const id of ids.keys()) ids.set(id, randomUUID());
  const text = JSON.stringify(journal).replaceAll('"C-1"', JSON.stringify(customerId));
  const renamed = [...ids].reduce(
    (whole, [id, fresh]) => whole.replaceAll(JSON.stringify(id), JSON.stringify(fresh)),
    text,
  );
  return JSON.parse(renamed) as readonly TracedEntry[];
}

/** @returns id of the offboarding */
async function appendAll(
  store: Store,
  journal: readonly TracedEntry[],
  hashes: ReadonlyMap<string, string>,
  customerKeyId: string,
): Promise<string> {
  const byInstance = new Map<string, { processId: string; entries: JournalEntry[] }>();
  for (const { instanceId, processId, entry } of journal) {
    const one = byInstance.get(instanceId) ?? { processId, entries: [] };
    one.entries.push(entry);
    byInstance.set(instanceId, one);
  }
  const root = [...byInstance].find(([, one]) => one.processId === 'offboarding')?.[0] ?? '';
  for (const [instanceId, { processId, entries }] of byInstance) {
    const isRoot = instanceId === root;
    const instance = {
      ...{ instanceId, processId, rootInstanceId: root, businessKey: null },
      definition: { version: 1, hash: hashes.get(processId) ?? '' },
      callerInstanceId: isRoot ? null : root,
      customerKeyId: isRoot || processId === 'data-deletion' ? 'system' : customerKeyId,
    };
    await store.journal.append(instance, entries);
  }
  return root;
}

async function addAccess(record: CustomerRecord, customerId: string): Promise<readonly string[]> {
  const grantId = randomUUID();
  const revokedAt = '2026-04-21T03:00:00.000Z';
  const grant = { customerId, grantId, system: 'directory', revokedAt, verifiedAt: revokedAt };
  await record.table(ACCESS_GRANT).add([aRow(ACCESS_GRANT, grant) as never]);
  const rows = (['revoked', 'verified'] as const).map((step, index) => {
    const content = { system: 'directory', active: false, step };
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const result = step === 'revoked' ? 'taken' : 'verified';
    const known = { system: 'directory', step, result, doneBy: null, at: revokedAt };
    // Ids in the order of time, as those that activities make: rows of one instant are told by them.
    const evidenceId = newId(Date.parse(revokedAt) + index);
    return { evidenceId, customerId, grantId, ...known, hash, content };
  });
  await record.table(ACCESS_EVIDENCE).add(rows);
  return rows.map(({ evidenceId }) => evidenceId);
}

async function certify(
  { store, record, keyProvider, auditKeys }: OffboardedIn,
  customerId: string,
  instanceId: string,
): Promise<string> {
  const certificateId = randomUUID();
  const requestId = randomUUID();
  const request = aRow(ERASURE_REQUEST, { customerId, requestId, instanceId, certificateId });
  await record
    .table(ERASURE_REQUEST)
    .add([{ ...request, state: 'certified', basis: 'contract_end' } as never]);
  const signer = await certificateSigner({
    ...{ log: store.audit.log, keyProvider, folder: auditKeys },
  });
  const at = '2026-06-14T12:00:00.000Z';
  const body = {
    ...{ certificateId, requestId, customerId, subjectPseudonym: 'ab'.repeat(32) },
    ...{ basis: 'contract_end', scope: ['C', 'T'], systems: ['record'], method: 'key destroyed' },
    ...{ toolVersion: '0.1.0', countsBefore: { contacts: 1 }, countsAfter: { contacts: 0 } },
    ...{ verification: { method: 'scan', result: 'clean' }, exceptions: [], keysDestroyed: [] },
    ...{ backupHorizon: '2026-08-30', executor: 'sam', verifier: 'rui' },
    ...{ approvers: [{ id: 'iris', role: 'privacy-officer' }], startedAt: at, endedAt: at },
  };
  await store.transaction((tx) => addCertificate(tx, body, signer, 'rui'));
  return certificateId;
}

async function note(store: Store, caseId: string): Promise<void> {
  const known = { actor: 'ada', outcome: 'done', code: null, requestId: null } as const;
  await store.audit.append({
    ...{ ...known, at: '2026-06-14T12:00:05.000Z', action: 'completeTask' },
    ...{ object: `task:${caseId}/check-case:9`, reason: 'All is there', data: null },
  });
  await store.audit.append({
    ...{ ...known, at: '2026-06-14T12:10:00.000Z', outcome: 'refused', code: 'TASK_UNKNOWN' },
    ...{ action: 'cancelInstance', object: `instance:${caseId}`, reason: null, data: null },
  });
}
