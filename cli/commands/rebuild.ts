/** `jornada rebuild`: makes everything that people read anew from the journal. Class: side effect. */
import type { EngineContext } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';

/** Readers see the old rows until it is done; instances run on. */
export async function rebuild({ terminal, client }: EngineContext): Promise<ExitCode> {
  terminal.progress('rebuilding …');
  const began = performance.now();
  const rebuilt = await client.call('rebuild', {});
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  await terminal.data(
    terminal.isJson
      ? JSON.stringify(rebuilt)
      : `rebuilt ${rebuilt.instances} instances from ${rebuilt.entries} journal entries in ${seconds}s`,
  );
  return EXIT.done;
}
