/** Lines of two texts: what went, what came, and a little around it. Class: pure. Source: Myers 1986, by greedy common ends. */

/** A line of the comparison. `skipped` stands for lines that are the same, and counts them. */
export interface Line {
  readonly kind: 'same' | 'removed' | 'added' | 'skipped';
  readonly text: string;
}

/** Lines that are shown around a change. */
const AROUND = 2;
/** Beyond so many lines between two changes they are one block: a table of that size would be too large. */
const MOST_CELLS = 4_000_000;

/** Compares them. */
export function compareLines(before: string, after: string): readonly Line[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = changes(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ kind: 'same', text }));
  const all = [...same(old.slice(0, head)), ...middle, ...same(old.slice(old.length - tail))];
  return shortened(all);
}

const linesOf = (text: string): readonly string[] =>
  text === '' ? [] : text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');

function changes(old: readonly string[], now: readonly string[]): Line[] {
  if (old.length * now.length > MOST_CELLS) return block(old, now);
  const width = now.length + 1;
  // Length of the longest common rest from each place on.
  const rest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => rest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      rest[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push({ kind: 'removed', text: old[i++] ?? '' });
    else lines.push({ kind: 'added', text: now[j++] ?? '' });
  }
  return [...lines, ...block(old.slice(i), now.slice(j))];
}

const block = (old: readonly string[], now: readonly string[]): Line[] => [
  ...old.map((text) => ({ kind: 'removed', text }) as const),
  ...now.map((text) => ({ kind: 'added', text }) as const),
];

/** Leaves out what is the same and far from any change. */
function shortened(lines: readonly Line[]): readonly Line[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let by = -AROUND; by <= AROUND; by += 1) near.add(index + by);
  }
  const shown: Line[] = [];
  let skipped = 0;
  for (const [index, line] of lines.entries()) {
    if (!near.has(index)) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) shown.push({ kind: 'skipped', text: String(skipped) });
    skipped = 0;
    shown.push(line);
  }
  if (skipped > 0 && shown.length > 0) shown.push({ kind: 'skipped', text: String(skipped) });
  return shown;
}
