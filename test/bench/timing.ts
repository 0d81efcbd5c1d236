/**
 * What work costs, in CPU time of this process with all its threads: garbage collection and compilation
 * count, what else the machine does counts little. Figures of one run are compared, never those of two.
 */

/** One piece of work. */
export type Work = () => unknown;

const usedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** CPU milliseconds of one round: rounds follow one another for `forMs` of CPU time, one at least. */
async function costOf(work: Work, forMs: number): Promise<number> {
  const start = usedMs();
  let rounds = 0;
  do {
    const pending = work();
    if (pending instanceof Promise) await pending;
    rounds += 1;
  } while (usedMs() - start < forMs);
  return (usedMs() - start) / rounds;
}

/** How long each work is measured: `turns` times for `forMs`, after one turn that does not count. */
export interface Measure {
  readonly turns: number;
  readonly forMs: number;
}

const FULL: Measure = { turns: 5, forMs: 300 };

/** Measures works turn by turn: what slows the machine down meets them alike. A row a turn, CPU milliseconds a round. */
async function takeTurns(
  works: readonly Work[],
  { turns, forMs }: Measure,
): Promise<readonly (readonly number[])[]> {
  const rows: number[][] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    const row: number[] = [];
    for (const work of works) row.push(await costOf(work, forMs));
    if (turn > 0) rows.push(row);
  }
  return rows;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number;

/** The cost of a work, and how often it fits into that of the last of those it was measured with. */
export interface Cost {
  /** CPU milliseconds of one round. */
  readonly ms: number;
  /** Median of the ratios within one turn. */
  readonly timesLast: number;
}

/** The costs of works that are measured side by side. */
export async function compare(
  works: readonly Work[],
  measure: Measure = FULL,
): Promise<readonly Cost[]> {
  const rows = await takeTurns(works, measure);
  return works.map((_, index) => ({
    ms: median(rows.map((row) => row[index] as number)),
    timesLast: median(rows.map((row) => (row.at(-1) as number) / (row[index] as number))),
  }));
}

/** A figure with three significant digits. */
export const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** Rounds that fit into a second of CPU time. */
export const aSecond = (ms: number): string => figure(1000 / ms);

/** Prints rows as a table; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map(line).join('\n');
}
