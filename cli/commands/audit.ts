/** `jornada audit KEY`: the history of an instance: when, who, what, why. Class: side effect. */
import type { EngineContext } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { historyLines } from '../history.js';

/** Prints it, oldest first; with `--all` what only the engine does as well. */
export async function audit(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { terminal, client, options } = context;
  const history = await client.call('history', { key });
  if (terminal.isJson) {
    await terminal.data(JSON.stringify(history));
    return EXIT.done;
  }
  const { instance } = history;
  terminal.talk(
    `${instance.instanceId}  ${instance.processId} version ${instance.definitionVersion}  ${instance.state}`,
  );
  for (const line of historyLines(history, options.all === true, terminal.paint)) {
    await terminal.data(line);
  }
  return EXIT.done;
}
