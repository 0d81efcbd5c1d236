/** The check of a whole log. It trusts nothing but the keys and the checkpoints that were kept elsewhere. */
import { keyText } from '../note.js';
import { rootOf } from '../tree.js';
import { checkAgainstLog } from './certificates.js';
import { checkKept, checkOwn, readCheckpoints } from './checkpoints.js';
import { type Pass, passOver } from './entries.js';
import { checkJournals } from './journals.js';
import type { Checked, Finding, LogSource, Verdict } from './types.js';

export { ERASED_ACTION } from './entries.js';
export { LIMIT, verdictLines } from './report.js';
export type * from './types.js';

/** How many findings are told: the first ones say where to look. */
const MOST = 100;

/** Checks everything that a source has. Class: reads what it is given. */
export async function verifyLog(source: LogSource): Promise<Verdict> {
  const own = readCheckpoints(source.checkpoints);
  const kept = source.kept.map(readCheckpoints);
  const sizes = new Set([own, ...kept].flatMap(({ all }) => all.map((one) => one?.size ?? -1)));
  const before = (await source.certificates?.()) ?? null;
  const pass = await passOver(source.entries(), sizes);
  checkSize(pass, source.size());
  checkFirstKey(pass, source.publicKey);
  const covered = checkOwn(pass, own);
  for (const one of kept) checkKept(pass, one, own);
  const journals = source.journals ? await checkJournals(pass, source.journals()) : null;
  const after = (await source.certificates?.()) ?? null;
  const certificates = before && after && checkAgainstLog(pass, before, after);
  const checked: Checked = {
    entries: pass.entries,
    covered,
    checkpoints: own.all.length,
    kept: kept.map(({ place, all }) => ({ place, checkpoints: all.length })),
    keys: pass.terms.length,
    personal: pass.personal,
    erased: pass.erased,
    erasedWithKey: pass.erasedWithKey,
    unopened: pass.unopened,
    erasedUntold: pass.erasedNumbers.filter((n) => !pass.erasedTold.has(`audit:${n}`)).length,
    journals,
    certificates,
    replacedAnchors: pass.replacedAnchors,
    deletedJournals: pass.deletedJournals.size,
  };
  const findings = inOrder(pass.findings).slice(0, MOST);
  const root = rootOf(pass.peaks).toString('base64');
  const origin = pass.terms[0]?.key.name ?? null;
  return { isSound: findings.length === 0, findings, checked, root, origin };
}

function checkSize(pass: Pass, size: number | null): void {
  const end = pass.peaks.size;
  if (size === null || size === end) return;
  const number = Math.min(size, end) + 1;
  const why =
    size > end
      ? `it is missing at the end: the log counts ${size} entries`
      : `it was not written as entries are: the log counts ${size} entries`;
  if (pass.brokenAt > number)
    pass.findings.push({ part: 'entry', number, to: null, what: `entry ${number}`, why });
}

function checkFirstKey(pass: Pass, publicKey: string | null): void {
  const first = pass.terms[0];
  if (publicKey === null || (first && keyText(first.key) === publicKey)) return;
  const why = 'the public key that was kept is not the first key of the log';
  const number = 1;
  pass.findings.push({ part: 'key', number, to: null, what: `entry ${number}`, why });
}

/** By number, journals last. Where an entry is named, a checkpoint over it says no more than that. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const named = findings.filter(({ part }) => part !== 'checkpoint' && part !== 'journal');
  const first = Math.min(...named.map(({ number }) => number ?? Number.MAX_SAFE_INTEGER));
  const place = ({ number, to }: Finding): number =>
    to !== null && to >= first ? Number.MAX_SAFE_INTEGER : (number ?? Number.MAX_SAFE_INTEGER);
  return findings.toSorted((a, b) => place(a) - place(b));
}
