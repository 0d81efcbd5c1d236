/** Runs `work` for about `forMs` after a warm-up; rounds a second. */
export async function rate(work: () => void | Promise<void>, forMs = 1_500): Promise<number> {
  await repeat(work, forMs / 5);
  return repeat(work, forMs);
}

async function repeat(work: () => void | Promise<void>, forMs: number): Promise<number> {
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < forMs) {
    const pending = work();
    if (pending !== undefined) await pending;
    rounds += 1;
  }
  return (rounds * 1000) / (performance.now() - start);
}

/** A figure with three significant digits. */
export const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

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
