/**
 * The check of a range of the log. It trusts nothing but the key: every file is as it was signed, every entry stands where it
 * stood, and none between the two checkpoints is missing. What a filter left out is counted: it is there by its hash alone.
 * Class: reads what it is given.
 */
import {
  type CaseCheck,
  type CaseFinding,
  type CaseSource,
  checkFiles,
  readSigned,
} from '../case/files.js';
import { CASE_FILES } from '../case/format.js';
import { parseCheckpoint, type SignedCheckpoint, splitNotes } from '../checkpoint.js';
import { NO_PEAKS } from '../tree.js';
import { newPass } from '../verify/entries.js';
import {
  isUnfiltered,
  parsePeaks,
  parseRangeManifest,
  RANGE_FILES,
  type RangeFilter,
  type RangeManifest,
} from './format.js';
import { checkGrown, type Grown } from './grown.js';
import {
  checkBefore,
  checkSigners,
  gatherKeys,
  type RangeCheckpoints,
  readCheckpoints,
} from './signed.js';

/** The answer: sound when nothing was found. */
export interface RangeVerdict {
  readonly kind: 'range';
  readonly isSound: boolean;
  /** Whether every entry between its checkpoints is there; false where a filter left some out, or it is not sound. */
  readonly isWhole: boolean;
  readonly findings: readonly CaseFinding[];
  /** Null where no manifest says so. */
  readonly since: string | null;
  readonly until: string | null;
  readonly filter: RangeFilter | null;
  readonly madeAt: string | null;
  readonly origin: string | null;
  /** The checkpoints that it lies between; `from` null: it begins with the log. */
  readonly from: Bound | null;
  readonly to: Bound | null;
  readonly checked: {
    readonly files: number;
    readonly checkpoints: number;
    readonly keys: number;
    readonly entries: number;
    readonly leftOut: number;
    readonly personal: number;
    readonly erased: number;
    /** Whether a checkpoint of the same size was kept elsewhere, and is the same; null: none was given. */
    readonly compared: boolean | null;
  };
}

/** A checkpoint. `at`: when it was signed, ISO 8601 UTC. */
export interface Bound {
  readonly size: number;
  readonly at: string;
}

/** Checks all of it. Errors: those of reading. @param kept - checkpoints that were kept elsewhere */
export async function verifyRange(
  source: CaseSource,
  kept: string | null = null,
): Promise<RangeVerdict> {
  const { check, hashes } = await readSigned(source);
  const { texts, findings } = check;
  const manifest = parseRangeManifest(texts.get(CASE_FILES.manifest) ?? '');
  if (manifest) checkFiles(check, manifest.files, hashes);
  else check.tell(CASE_FILES.manifest, 'it is not as a manifest is written');
  const before = parsePeaks(texts.get(RANGE_FILES.before) ?? '');
  if (!before) check.tell(RANGE_FILES.before, 'it is no tree');
  const pass = newPass();
  const checkpoints = readCheckpoints(check, before?.size ?? 0);
  const { first, rest } = checkpoints;
  if (before) checkBefore(check, before, first);
  gatherKeys(check, pass, first);
  const grown = checkGrown(check, pass, before ?? NO_PEAKS, rest);
  checkSigners(check, pass, checkpoints, manifest);
  if (manifest) checkClaims(check, manifest, grown, checkpoints);
  const compared = kept === null ? null : checkKept(check, checkpoints, kept);
  for (const { what, why } of pass.findings) check.tell(what, why);
  const isSound = findings.length === 0;
  const last = rest.at(-1) ?? first;
  return {
    ...{ kind: 'range', isSound, isWhole: isSound && grown.leftOut === 0, findings },
    since: manifest?.since ?? null,
    until: manifest?.until ?? null,
    filter: manifest?.filter ?? null,
    madeAt: manifest?.madeAt ?? null,
    origin: last?.origin ?? null,
    from: boundOf(first),
    to: boundOf(last),
    checked: {
      files: manifest?.files.length ?? 0,
      checkpoints: rest.length + (first ? 1 : 0),
      ...{ keys: pass.terms.length, ...grown, personal: pass.personal, erased: pass.erased },
      compared,
    },
  };
}

const boundOf = (checkpoint: SignedCheckpoint | null): Bound | null =>
  checkpoint && { size: checkpoint.size, at: checkpoint.at };

/** What the manifest says of the range is what is there. */
function checkClaims(
  { tell }: CaseCheck,
  { since, filter, after, entries, leftOut }: RangeManifest,
  grown: Grown,
  { first }: RangeCheckpoints,
): void {
  if (grown.entries !== entries || grown.leftOut !== leftOut) {
    tell(CASE_FILES.manifest, `it counts ${entries} entries and ${leftOut} that were left out`);
  }
  if (grown.leftOut > 0 && isUnfiltered(filter)) {
    tell(CASE_FILES.manifest, 'it names no filter, but entries were left out');
  }
  if (after !== (first?.size ?? 0)) tell(CASE_FILES.manifest, 'it names another beginning');
  if (first && (since === null || first.at > since)) {
    tell(CASE_FILES.manifest, 'it asks for more than the range begins with');
  }
}

/** Of a log that goes on, only checkpoints of the same sizes tell something of these. */
function checkKept({ tell }: CaseCheck, { first, rest }: RangeCheckpoints, kept: string): boolean {
  const here = new Map([...(first ? [first] : []), ...rest].map((one) => [one.size, one]));
  const same = splitNotes(kept)
    .flatMap((note) => parseCheckpoint(note) ?? [])
    .flatMap((one) => {
      const own = here.get(one.size);
      return own && own.origin === one.origin ? [{ one, own }] : [];
    });
  for (const { one, own } of same) {
    if (own.root.equals(one.root)) continue;
    tell(`checkpoint of ${own.size} entries`, 'it is not the one that was kept elsewhere');
  }
  return same.length > 0 && same.every(({ one, own }) => own.root.equals(one.root));
}
