/** A completed offboarding as a case file: what is in it, that it is sound, and that whatever is changed of it is found. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASE_FILES, verifyCase } from '../../audit/case/index.js';
import { gatherCase, packCase, searchCases } from '../../case-files/index.js';
import { openCase, verifyCaseFile } from '../../cli/case-file.js';
import type { WholeCase } from '../../contracts/cases.js';
import { openStore, type Store } from '../../store/index.js';
import { bundleVerifier, careForAudit } from '../../worker/audit/index.js';
import { chanceOf } from '../support/made-log.js';
import { type Offboarded, offboardedCustomer } from '../support/offboarded.js';
import { inFolder, openTestKeyring } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-case-'));
const path = join(folder, 'case.zip');
let store: Store;
let left: Offboarded;
let whole: WholeCase;
let zip: Buffer;
let close = async (): Promise<void> => {};

beforeAll(async () => {
  const database = await inFolder();
  const { keyProvider, sealing, discard } = await openTestKeyring();
  store = await openStore(database.config, sealing);
  const record = store.customerRecord(sealing.sealer, { ensure: keyProvider.createAll });
  const auditKeys = join(folder, 'keys');
  left = await offboardedCustomer({ store, record, keyProvider, auditKeys });
  const { registry } = left;
  const { seal } = careForAudit(
    { store, checkpoints: join(folder, 'checkpoints.log'), anchor: null },
    { keyProvider, folder: auditKeys },
    (error) => {
      throw error;
    },
    null,
  );
  const deps = { store, registry, record, seal, verifier: bundleVerifier };
  const found = await searchCases(deps, { filter: { processId: 'offboarding' } });
  expect(found.items).toMatchObject([
    { caseId: left.caseId, outcome: 'completed', customer: { legalName: left.legalName } },
  ]);
  const gathered = await gatherCase(deps, left.caseId);
  if (!gathered) throw new Error('there is no such case');
  whole = gathered;
  const packed = await packCase(deps, whole, 'rui', '2026-06-15T12:00:00.000Z');
  const pieces: Uint8Array[] = [];
  for await (const piece of packed.zip()) pieces.push(piece);
  zip = Buffer.concat(pieces);
  writeFileSync(path, zip);
  close = async () => {
    await store.close();
    await database.discard();
    discard();
  };
}, 120_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const verdictOf = async (bytes: Buffer) => {
  const changed = join(folder, 'changed.zip');
  writeFileSync(changed, bytes);
  const found = await openCase(changed).catch(() => null);
  return found === null ? 'unreadable' : verifyCaseFile(found, null);
};

describe('a case file', () => {
  test('tells who did what and why, on which definition', () => {
    expect(whole.instances.map(({ processId }) => processId).sort()).toEqual([
      ...['access-revocation', 'data-deletion', 'data-export', 'offboarding'],
    ]);
    const check = whole.steps.filter(({ elementId }) => elementId === 'check-case');
    expect(check).toContainEqual(
      expect.objectContaining({
        actor: 'ada',
        kind: 'taskCompleted',
        elementName: 'Check case file',
      }),
    );
    expect(whole.definitions).toContainEqual(
      expect.objectContaining({
        ...{ processId: 'offboarding', version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        paths: expect.arrayContaining(['process.bpmn', 'forms/check-case.form']),
      }),
    );
    const refused = whole.acts.find(({ outcome }) => outcome === 'refused');
    expect(refused).toMatchObject({ actor: 'ada', action: 'cancelInstance', code: 'TASK_UNKNOWN' });
    expect(whole.acts.find(({ reason }) => reason !== null)).toMatchObject({
      reason: 'All is there',
    });
  });

  test('has forms as they were shown and answered', () => {
    expect(whole.forms.map(({ elementId, completedBy }) => [elementId, completedBy])).toEqual([
      ...[
        ['record-notice', 'dana'],
        ['terminate-agreements', 'lia'],
      ],
      ...[
        ['return-documents', 'lia'],
        ['return-documents', 'lia'],
      ],
      ...[
        ['check-case', 'ada'],
        ['correct', 'sam'],
        ['check-case', 'ada'],
      ],
    ]);
    const [notice] = whole.forms;
    expect(notice).toMatchObject({
      formId: 'record-notice',
      schema: { id: 'record-notice' },
      shown: { effectiveDate: '2026-04-30', reasonCode: 'price' },
      answer: { verifiedBy: 'login', noticeDecision: 'record' },
    });
    // what the form does not name was not shown
    expect(Object.keys(notice?.shown ?? {})).not.toContain('settings');
    const verdicts = whole.forms.filter(({ elementId }) => elementId === 'check-case');
    expect(verdicts.map(({ answer }) => answer?.caseVerdict)).toEqual(['correct', 'accept']);
  });

  test('has the evidence, the export and the certificate', () => {
    expect(whole.evidence.map(({ evidenceId }) => evidenceId).sort()).toEqual(
      [...left.evidenceIds].sort(),
    );
    expect(whole.exports).toMatchObject([{ exportId: left.exportId, state: 'confirmed' }]);
    expect(whole.certificates).toMatchObject([
      { certificate: { certificateId: left.certificateId }, isSound: true },
    ]);
  });

  test('is sound as it was made, and all of it was checked', async () => {
    const found = await openCase(path);
    const verdict = found && (await verifyCaseFile(found, null));
    expect(verdict).toMatchObject({
      ...{ isSound: true, findings: [], caseId: left.caseId, processId: 'offboarding' },
      checked: {
        ...{ definitions: 4, evidence: 2, certificates: 1, journals: { instances: 4 } },
        ...{ personal: 1, erased: 0, compared: null },
      },
    });
    const entries = whole.instances.reduce((sum, one) => sum + one.entries, 0);
    expect(verdict).toMatchObject({ kind: 'case', checked: { journals: { entries } } });
  });

  test('is compared with a checkpoint that was kept elsewhere', async () => {
    const found = await openCase(path);
    const { note } = await store.audit.log.lastCheckpoint();
    const same = found && (await verifyCaseFile(found, note));
    expect(same?.checked.compared).toBe(true);
  });

  test('shows a changed bit in any byte of the ZIP', { timeout: 300_000 }, async () => {
    const chance = chanceOf(8037);
    const step = Math.floor(zip.length / 60);
    const unseen: number[] = [];
    for (let at = chance(step); at < zip.length; at += step) {
      const bytes = Buffer.from(zip);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8));
      const verdict = await verdictOf(bytes);
      if (verdict !== 'unreadable' && verdict.isSound) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });
});

describe('a case file that was mended after it was changed', () => {
  /** The files by name, for somebody who rewrites them. */
  const filesIn = async (): Promise<Map<string, Buffer>> => {
    const found = await openCase(path);
    const files = new Map<string, Buffer>();
    for (const name of found?.source.names ?? []) {
      files.set(name, (await found?.source.read(name)) ?? Buffer.alloc(0));
    }
    return files;
  };
  const changed = async (name: string, from: string, to: string) => {
    const files = await filesIn();
    const text = files.get(name)?.toString('utf8') ?? '';
    expect(text).toContain(from);
    files.set(name, Buffer.from(text.replace(from, to)));
    const read = async (one: string): Promise<Buffer> => files.get(one) ?? Buffer.alloc(0);
    return verifyCase({ names: [...files.keys()], read });
  };
  const whats = ({ findings }: { findings: readonly { what: string }[] }): readonly string[] =>
    findings.map(({ what }) => what);

  test('names the journal in which somebody else did it', async () => {
    const name = `journals/${left.caseId}.jsonl`;
    const verdict = await changed(name, '"actor":"ada"', '"actor":"eve"');
    expect(whats(verdict)).toContain(name);
    expect(whats(verdict)).toContainEqual(
      expect.stringMatching(new RegExp(`^entry \\d+ of the journal of instance ${left.caseId}$`)),
    );
  });

  test('names the entry of the log, the certificate, the evidence, the package', async () => {
    const log = await changed(CASE_FILES.entries, '"actor":"ada"', '"actor":"eve"');
    expect(whats(log)).toContainEqual(expect.stringMatching(/^entry \d+$/));
    const certificate = await changed(CASE_FILES.certificates, '"contacts":1', '"contacts":2');
    expect(whats(certificate)).toContain(`certificate ${left.certificateId}`);
    const evidence = await changed(CASE_FILES.access, 'false', 'true');
    expect(whats(evidence)).toContainEqual(expect.stringMatching(/^evidence /));
    const hash = whole.definitions.find(({ processId }) => processId === 'offboarding')?.hash;
    const bpmn = `definitions/${hash}/process.bpmn`;
    expect(whats(await changed(bpmn, 'Offboarding', 'Onboarding'))).toContain(`package ${hash}`);
  });

  test('does not pass with a manifest that fits, for nobody else has the key', async () => {
    const verdict = await changed(CASE_FILES.manifest, '"madeBy":"rui"', '"madeBy":"eve"');
    expect(whats(verdict)).toContain(CASE_FILES.signature);
  });

  test('names what is missing, and what was added', async () => {
    const files = await filesIn();
    files.delete(CASE_FILES.exports);
    files.set('evidence/more.txt', Buffer.from('x'));
    const read = async (one: string): Promise<Buffer> => files.get(one) ?? Buffer.alloc(0);
    const verdict = await verifyCase({ names: [...files.keys()], read });
    expect(whats(verdict)).toEqual([CASE_FILES.exports, 'evidence/more.txt']);
  });
});
