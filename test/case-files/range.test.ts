/** A time of the audit log as a file: what is claimed of it, and that whatever is changed of it is found. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASE_FILES } from '../../audit/case/index.js';
import { entryHash, parseCheckpoint, parseEntry } from '../../audit/index.js';
import {
  leftOutText,
  parseRangeLine,
  RANGE_FILES,
  type RangeVerdict,
  rangeVerdictLines,
  verifyRange,
} from '../../audit/range/index.js';
import { type AskedRange, findRange, packRange } from '../../case-files/index.js';
import { openCase, verifyCaseFile } from '../../cli/case-file.js';
import { openStore, type Store } from '../../store/index.js';
import { bundleVerifier, careForAudit } from '../../worker/audit/index.js';
import { rotateKey } from '../../worker/audit/signing-keys.js';
import { anAct } from '../support/audit-log.js';
import { fixedKeys } from '../support/fixed-keys.js';
import { chanceOf } from '../support/made-log.js';
import { inFolder } from '../support/store.js';

const folder = mkdtempSync(join(tmpdir(), 'jornada-range-'));
const EVERYTHING = { actors: null, customerId: null, processId: null };
let store: Store;
let seal: ReturnType<typeof careForAudit>['seal'];
let rotate: () => Promise<unknown>;
let close = async (): Promise<void> => {};
/** When the checkpoints were signed, oldest first. */
const signedAt: string[] = [];

/** As the engine writes: what is written now has the time of now. */
const act = (number: number) =>
  store.audit.append(
    anAct({
      at: new Date().toISOString(),
      actor: number % 3 === 0 ? 'bia' : 'ana',
      object: `task:i-${number % 5}/T:1`,
      reason: number % 4 === 0 ? `reason ${number}` : null,
    }),
  );

/** Signs, and lets time go on, so that no two checkpoints are of one millisecond. */
async function checkpoint(): Promise<void> {
  const { note } = await seal();
  signedAt.push(parseCheckpoint(note)?.at ?? '');
  await new Promise((resolve) => setTimeout(resolve, 5));
}

beforeAll(async () => {
  const database = await inFolder();
  store = await openStore(database.config);
  const place = { keyProvider: fixedKeys(), folder: join(folder, 'keys') };
  const places = { store, checkpoints: join(folder, 'checkpoints.log'), anchor: null };
  const care = careForAudit(places, place, () => {}, null);
  seal = care.seal;
  rotate = () => rotateKey({ ...place, log: store.audit.log });
  close = async () => {
    await store.close();
    await database.discard();
  };
  let written = 0;
  for (const [index, count] of [7, 12, 9, 5, 11].entries()) {
    for (let left = count; left > 0; left -= 1) await act(++written);
    // The third stretch names the second key.
    if (index === 2) await rotate();
    await checkpoint();
  }
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const taken = async (asked: AskedRange) => {
  const told: object[] = [];
  const bytes = packRange(
    { store, verifier: bundleVerifier },
    await findRange({ store, seal }, asked),
    {
      ...{ madeBy: 'rui', madeAt: '2026-06-15T12:00:00.000Z' },
      onWhole: async (one) => void told.push(one),
    },
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { zip: Buffer.concat(pieces), told };
};

const verdictOf = async (zip: Buffer, kept: string | null = null): Promise<RangeVerdict> => {
  const path = join(folder, 'range.zip');
  writeFileSync(path, zip);
  const found = await openCase(path);
  const verdict = found && (await verifyCaseFile(found, kept));
  if (verdict?.kind !== 'range') throw new Error('it is no range');
  return verdict;
};

/** From the second checkpoint to the fourth, the key that signs changing between. */
const middle = (): AskedRange => ({
  ...{ since: signedAt[1] ?? '', until: signedAt[3] ?? '', filter: EVERYTHING },
});

describe('a range of the log', () => {
  test('goes from checkpoint to checkpoint, and is whole', async () => {
    const { zip, told } = await taken(middle());
    const verdict = await verdictOf(zip);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({
      ...{ isSound: true, isWhole: true, from: { at: signedAt[1] }, to: { at: signedAt[3] } },
      checked: { leftOut: 0, keys: 2, checkpoints: 3, compared: null },
    });
    const { from, to, checked } = verdict;
    expect(checked.entries).toBe((to?.size ?? 0) - (from?.size ?? 0));
    expect(told).toMatchObject([{ entries: checked.entries, leftOut: 0 }]);
    expect(rangeVerdictLines(verdict)).toContain(
      'whole          yes: no entry between the two is missing',
    );
  });

  test('of all there is begins with the log', async () => {
    const { zip } = await taken({ since: null, until: null, filter: EVERYTHING });
    const verdict = await verdictOf(zip);
    const { size } = await store.audit.log.head();
    expect(verdict).toMatchObject({
      ...{ isSound: true, isWhole: true, from: null, to: { size } },
      checked: { entries: size, checkpoints: 5 },
    });
  });

  test('that ends later than the log says up to when it goes', async () => {
    const until = '2999-01-01T00:00:00.000Z';
    const { zip } = await taken({ since: signedAt[2] ?? '', until, filter: EVERYTHING });
    const verdict = await verdictOf(zip);
    expect(verdict.isWhole).toBe(true);
    expect(rangeVerdictLines(verdict).join('\n')).toContain(
      `nothing is said of what came after ${signedAt[4]}`,
    );
  });

  test('in which nothing was written is sound, and empty', async () => {
    const at = signedAt[4] ?? '';
    const later = new Date(Date.parse(at) + 1).toISOString();
    const verdict = await verdictOf(
      (await taken({ since: later, until: later, filter: EVERYTHING })).zip,
    );
    expect(verdict).toMatchObject({ isSound: true, isWhole: true, checked: { entries: 0 } });
  });

  test('that is filtered says how many it leaves out, and is not called whole', async () => {
    const filter = { ...EVERYTHING, actors: ['bia'] };
    const { zip } = await taken({ ...middle(), filter });
    const verdict = await verdictOf(zip);
    expect(verdict).toMatchObject({ isSound: true, isWhole: false, filter });
    expect(verdict.checked.leftOut).toBeGreaterThan(5);
    expect(verdict.checked.entries).toBeGreaterThan(2);
    const text = rangeVerdictLines(verdict).join('\n');
    expect(text).toContain(`NO: a filter left out ${verdict.checked.leftOut}`);
    expect(text).toContain('only by bia');
  });

  test('is compared with checkpoints that were kept elsewhere', async () => {
    const { zip } = await taken(middle());
    const notes = await store.audit.log.notesAfter(0, 10);
    const kept = notes.map(({ note }) => note).join('');
    expect((await verdictOf(zip, kept)).checked.compared).toBe(true);
    expect((await verdictOf(zip, notes[0]?.note ?? '')).checked.compared).toBe(false);
  });

  test('is checked by the program that is in it, where it was unpacked', async () => {
    const path = join(folder, 'whole.zip');
    writeFileSync(path, (await taken(middle())).zip);
    const unpacked = join(folder, 'unpacked');
    const found = await openCase(path);
    for (const name of found?.source.names ?? []) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true });
      writeFileSync(join(unpacked, name), (await found?.source.read(name)) ?? '');
    }
    const run = () =>
      spawnSync(process.execPath, [join(unpacked, 'audit-verify.mjs')], { encoding: 'utf8' });
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^SOUND\n/) });
    writeFileSync(join(unpacked, RANGE_FILES.personal), '');
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringMatching(/^TAMPERED: /) });
  });

  test('shows a changed bit in any byte of the ZIP', { timeout: 120_000 }, async () => {
    const { zip } = await taken({ ...middle(), filter: { ...EVERYTHING, actors: ['bia'] } });
    const chance = chanceOf(6962);
    const unseen: number[] = [];
    const step = Math.floor(zip.length / 120);
    for (let at = chance(step); at < zip.length; at += step) {
      const bytes = Buffer.from(zip);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance(8));
      const path = join(folder, 'changed.zip');
      writeFileSync(path, bytes);
      const found = await openCase(path).catch(() => null);
      if (found && (await verifyCaseFile(found, null)).isSound) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  test('stops being read when whoever reads it stops', async () => {
    let pages = 0;
    const { log } = store.audit;
    const counted: Store = {
      ...store,
      audit: {
        ...store.audit,
        log: {
          ...log,
          range: async function* (range) {
            try {
              yield* log.range(range);
            } finally {
              pages += 1;
            }
          },
        },
      },
    };
    const found = await findRange(
      { store, seal },
      { since: null, until: null, filter: EVERYTHING },
    );
    const told: object[] = [];
    const bytes = packRange({ store: counted, verifier: bundleVerifier }, found, {
      ...{ madeBy: 'rui', madeAt: '2026-06-15T12:00:00.000Z' },
      onWhole: async (one) => void told.push(one),
    });
    for await (const piece of bytes) if (Buffer.from(piece).includes('"action"')) break;
    await expect.poll(() => pages).toBe(1);
    expect(told).toEqual([]);
  });
});

describe('a range that somebody mends after they changed it', () => {
  /** What stands in a range, for somebody who rewrites it and its hashes, but has no key. */
  const filesOf = async (asked: AskedRange): Promise<Map<string, string>> => {
    const path = join(folder, 'mended.zip');
    writeFileSync(path, (await taken(asked)).zip);
    const found = await openCase(path);
    const files = new Map<string, string>();
    for (const name of found?.source.names ?? []) {
      files.set(name, ((await found?.source.read(name)) ?? Buffer.alloc(0)).toString('utf8'));
    }
    return files;
  };
  const verified = (files: ReadonlyMap<string, string>): Promise<RangeVerdict> =>
    verifyRange({
      names: [...files.keys()],
      read: async (name) => Buffer.from(files.get(name) ?? ''),
    });
  const changedLines = async (change: (lines: string[]) => readonly string[]) => {
    const files = await filesOf(middle());
    const lines = (files.get(RANGE_FILES.entries) ?? '').trimEnd().split('\n');
    files.set(
      RANGE_FILES.entries,
      change(lines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    const { isSound, isWhole, findings } = await verified(files);
    expect({ isSound, isWhole }).toEqual({ isSound: false, isWhole: false });
    return findings.map(({ what, why }) => `${what}: ${why}`);
  };

  test('names the entry that was dropped', async () => {
    const findings = await changedLines((lines) => lines.toSpliced(4, 1));
    const [, fifth, sixth] = /entry (\d+): it is missing: entry (\d+) follows/.exec(
      findings.join('\n'),
    ) ?? [null, '0', '0'];
    expect(Number(sixth)).toBe(Number(fifth) + 1);
  });

  test('finds the end cut off', async () => {
    expect((await changedLines((lines) => lines.slice(0, -2))).join('\n')).toMatch(
      /checkpoint of \d+ entries: entries \d+ to \d+ are not those it was made of/,
    );
  });

  test('finds the entry that was changed, by the stretch it is in', async () => {
    const findings = await changedLines((lines) =>
      lines.with(3, (lines[3] ?? '').replace(/"actor":"(ana|bia)"/, '"actor":"eve"')),
    );
    expect(findings.join('\n')).toMatch(/entries \d+ to \d+ are not those it was made of/);
  });

  test('names where one was inserted', async () => {
    const findings = await changedLines((lines) => lines.toSpliced(4, 0, lines[3] ?? ''));
    expect(findings.join('\n')).toMatch(/entry \d+: entry \d+ stands there/);
  });

  test('names where two were put in another order', async () => {
    const findings = await changedLines((lines) =>
      lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''),
    );
    expect(findings.join('\n')).toMatch(/entry \d+: it is missing: entry \d+ follows/);
  });

  test('does not let an entry pass as one that a filter left out', async () => {
    const findings = await changedLines((lines) => {
      const entry = parseEntry(lines[3] ?? '');
      return lines.with(3, entry ? leftOutText(entry.number, entryHash(entry)) : '');
    });
    // The tree still grows: the manifest is what tells.
    expect(findings.join('\n')).toContain('it names no filter, but entries were left out');
    expect(findings.join('\n')).toContain(`${RANGE_FILES.entries}: it was changed`);
  });

  test('does not pass with the manifest of another range, or of a case', async () => {
    const files = await filesOf(middle());
    const others = await filesOf({ ...middle(), until: signedAt[2] ?? '' });
    for (const name of [CASE_FILES.manifest, CASE_FILES.signature]) {
      files.set(name, others.get(name) ?? '');
    }
    const { isSound, findings } = await verified(files);
    expect(isSound).toBe(false);
    const whats = findings.map(({ what }) => what);
    expect(whats).toContain(RANGE_FILES.entries);
    expect(whats).toContain(CASE_FILES.manifest);
  });

  test('does not pass with a wider time in its manifest, for nobody else has the key', async () => {
    const files = await filesOf(middle());
    const manifest = files.get(CASE_FILES.manifest) ?? '';
    const wider = manifest.replace(signedAt[1] ?? '', '2020-01-01T00:00:00.000Z');
    expect(wider).not.toBe(manifest);
    files.set(CASE_FILES.manifest, wider);
    const whats = (await verified(files)).findings.map(({ what, why }) => `${what}: ${why}`);
    expect(whats).toContain(
      `${CASE_FILES.signature}: the key of the log did not sign the manifest as it is`,
    );
    expect(whats).toContain(`${CASE_FILES.manifest}: it asks for more than the range begins with`);
  });

  test('does not take another beginning, nor another key', async () => {
    const files = await filesOf(middle());
    const others = await filesOf({ ...middle(), since: signedAt[2] ?? '' });
    files.set(RANGE_FILES.before, others.get(RANGE_FILES.before) ?? '');
    expect((await verified(files)).isSound).toBe(false);
    const keyless = await filesOf(middle());
    keyless.set(RANGE_FILES.keys, '');
    expect((await verified(keyless)).findings.map(({ what }) => what)).toContain(
      RANGE_FILES.publicKey,
    );
  });

  test('every line is an entry, or a hash', async () => {
    const files = await filesOf({ ...middle(), filter: { ...EVERYTHING, actors: ['bia'] } });
    const lines = (files.get(RANGE_FILES.entries) ?? '').trimEnd().split('\n');
    expect(lines.map(parseRangeLine)).not.toContain(null);
    const actors = lines.flatMap((line) => parseRangeLine(line)?.entry?.actor ?? []);
    expect(new Set(actors)).toEqual(new Set(['bia']));
  });
});
