/** The lines of a range, by which the tree grows from its beginning to each checkpoint. Class: pure. */
import type { CaseCheck } from '../case/files.js';
import { parsedLines } from '../case/lines.js';
import type { SignedCheckpoint } from '../checkpoint.js';
import { entryHash } from '../entry.js';
import { parsePersonal } from '../personal.js';
import { grow, type Peaks, rootOf } from '../tree.js';
import { checkPersonal, gather, type Pass } from '../verify/entries.js';
import { parseRangeLine, RANGE_FILES } from './format.js';

/** What a range came to. */
export interface Grown {
  readonly entries: number;
  readonly leftOut: number;
}

/** Grows it, and gathers what the entries say. @param checkpoints - those after the beginning, in their order */
export function checkGrown(
  check: CaseCheck,
  pass: Pass,
  before: Peaks,
  checkpoints: readonly SignedCheckpoint[],
): Grown {
  const parts = new Map(
    parsedLines(check, RANGE_FILES.personal, parsePersonal).map((one) => [one.number, one]),
  );
  const roots = new Map<number, Buffer>();
  const sizes = new Set(checkpoints.map(({ size }) => size));
  let peaks = before;
  let leftOut = 0;
  let isBroken = false;
  const lines = parsedLines(check, RANGE_FILES.entries, parseRangeLine);
  for (const line of lines) {
    const number = line.entry?.number ?? (line.entry === null ? line.number : 0);
    // What follows the first that is wrong is most often only moved.
    if (!isBroken && number !== peaks.size + 1) tellMoved(check, peaks.size + 1, number);
    isBroken ||= number !== peaks.size + 1;
    peaks = grow(peaks, [line.entry ? entryHash(line.entry) : line.hash]);
    if (sizes.has(peaks.size)) roots.set(peaks.size, rootOf(peaks));
    if (line.entry === null) leftOut += 1;
    else {
      checkPersonal(pass, line.entry, parts.get(number) ?? null);
      gather(pass, line.entry);
      parts.delete(number);
    }
  }
  for (const number of parts.keys()) {
    check.tell(`personal part of entry ${number}`, 'the entry itself is not there');
  }
  checkRoots(check, before.size, checkpoints, roots);
  const end = checkpoints.at(-1)?.size ?? before.size;
  if (peaks.size > end) check.tell(`entry ${end + 1}`, 'the last checkpoint does not cover it');
  return { entries: lines.length - leftOut, leftOut };
}

function tellMoved({ tell }: CaseCheck, expected: number, found: number): void {
  const why =
    found > expected ? `it is missing: entry ${found} follows` : `entry ${found} stands there`;
  tell(`entry ${expected}`, why);
}

/** Each root is that of its checkpoint; the first that is not tells the stretch in which something is wrong. */
function checkRoots(
  { tell }: CaseCheck,
  after: number,
  checkpoints: readonly SignedCheckpoint[],
  roots: ReadonlyMap<number, Buffer>,
): void {
  let sound = after;
  for (const { size, root } of checkpoints) {
    if (!roots.get(size)?.equals(root)) {
      const what = `checkpoint of ${size} entries`;
      tell(what, `entries ${sound + 1} to ${size} are not those it was made of`);
      return;
    }
    sound = size;
  }
}
