/** A reporter for vitest that ends a run with the files that took longest, so that a slow one is seen when it comes. */
import type { Reporter, TestModule } from 'vitest/node';

const SHOWN = 10;

interface Taken {
  readonly file: string;
  readonly ms: number;
}

/** Time of a file, with what it imports and its hooks. */
function takenBy(module: TestModule): Taken {
  const { duration, collectDuration } = module.diagnostic();
  return { file: module.relativeModuleId, ms: duration + collectDuration };
}

/** What is printed of these times. Class: pure. */
export function slowest(files: readonly Taken[]): string {
  const total = files.reduce((sum, { ms }) => sum + ms, 0);
  const first = [...files].sort((a, b) => b.ms - a.ms).slice(0, SHOWN);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(9);
  const lines = first.map(({ file, ms }) => `${seconds(ms)}  ${file}`);
  return [`Longest of ${files.length} files`, ...lines, `${seconds(total)}  all files`, ''].join(
    '\n',
  );
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by it
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length > 1) process.stderr.write(`${slowest(modules.map(takenBy))}\n`);
  }
}
