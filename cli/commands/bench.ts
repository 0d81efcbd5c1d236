/** `jornada bench`: the measurements of the core, with their own arguments. Class: side effect. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type EngineContext, failed } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs them in a process of their own, so that nothing of ours is measured. */
export async function bench(
  { environment }: EngineContext,
  args: readonly string[],
): Promise<ExitCode> {
  const file = join(ROOT, 'test', 'bench', 'main.ts');
  if (!existsSync(file)) throw failed('BENCH_MISSING', { file }, EXIT.failed);
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    env: { ...environment },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? EXIT.done : EXIT.failed;
}
