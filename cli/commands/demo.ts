/**
 * `jornada demo`: takes one customer of an imported list through all families of processes, and tells what happens. Where no
 * engine runs it starts one of its own. Exit codes: 0 the story came to its end, 1 it did not, 3 no engine can be
 * reached. Class: side effect.
 */
import { resolve } from 'node:path';
import { EngineNotRunning } from '../../worker/control/client.js';
import { type OwnEngine, startOwnEngine } from '../demo/own-engine.js';
import { tellStory } from '../demo/tell.js';
import { type EngineContext, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { listenForSignals } from '../signals.js';

/** Plays the story. */
export async function demo(context: EngineContext): Promise<ExitCode> {
  const { terminal, environment } = context;
  const ending = listenForSignals(environment, () => terminal.talk('\nStopping.'));
  let own: OwnEngine | null = null;
  try {
    if (!(await isRunning(context))) {
      terminal.talk('No engine runs here: starting one for the time of the demonstration.');
      own = await startOwnEngine(environment, terminal.progress, ending.signal);
    }
    const code = await tellStory(own ? { ...context, folder: own.folder } : context, ending.signal);
    if (own !== null && code !== null) {
      terminal.progress('stopping the engine …');
      await own.close('keep');
      terminal.talk(`\nThe engine of the demonstration was ended. Its data is kept:`);
      terminal.talk(`  look at it  npx jornada start --data ${own.folder}`);
      terminal.talk(`  or not      rm -r ${resolve(own.folder, '..')}`);
    }
    return code ?? EXIT.done;
  } catch (error) {
    if (ending.signal.aborted) return ending.exitCode() as ExitCode;
    throw error;
  } finally {
    await own?.close('remove');
    ending.stop();
  }
}

/** Whether there is an engine to play on. One that was named must be there: `ENGINE_NOT_RUNNING`. */
async function isRunning({ client, options }: EngineContext): Promise<boolean> {
  try {
    await client.call('status', {});
    return true;
  } catch (error) {
    const isNamed =
      textOption(options, 'data') !== null || textOption(options, 'customer') !== null;
    if (isNamed || !(error instanceof EngineNotRunning)) throw error;
    return false;
  }
}
