/**
 * `jornada demo`: takes one customer of an imported list through all families of processes, and tells what happens. Where no
 * engine runs it starts one of its own. Exit codes: 0 the story came to its end, 1 it did not, 3 no engine can be
 * reached. Class: side effect.
 */
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import {
  type ControlClient,
  createControlClient,
  EngineNotRunning,
} from '../../worker/control/client.js';
import { openMailbox } from '../../worker/mail-catcher/index.js';
import { heroAmong, importSamples } from '../demo/cast.js';
import type { Hero } from '../demo/chapter.js';
import { type OwnEngine, startOwnEngine } from '../demo/own-engine.js';
import { type Deed, play, type Stage } from '../demo/play.js';
import { proofOf } from '../demo/proof.js';
import { STORY } from '../demo/story.js';
import { auditLines, summaryLines, type Told } from '../demo/summary.js';
import { confirm, type EngineContext, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { listenForSignals } from '../signals.js';
import { printable } from '../table.js';

/** Longest that nothing may happen in a chapter; the waits of the models take ten seconds at most. */
const PATIENCE_MS = 60_000;

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
    const code = await tell(own ? { ...context, folder: own.folder } : context, ending.signal);
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

/** @returns how the command ends; null: somebody thought better of it */
async function tell(context: EngineContext, signal: AbortSignal): Promise<ExitCode | null> {
  const { terminal, folder } = context;
  const as = (actor: string): ControlClient =>
    createControlClient({ folder, actor, reason: 'demonstration', startCommand: 'npm start' });
  const hero = await heroOf(context, as('tess'));
  if (hero === null) return null;
  const mailbox = await openMailbox(join(resolve(folder), 'mail'), Date.now);
  const stage: Stage = {
    as,
    mails: async (sinceMs) =>
      (await mailbox.list(200)).filter((one) => Date.parse(one.receivedAt) >= sinceMs).toReversed(),
    tell: (deed) => terminal.talk(line(deed)),
    progress: (what) => terminal.progress(`         … ${what}`),
    signal,
    patienceMs: PATIENCE_MS,
  };
  const told: Told[] = [];
  const began = performance.now();
  for (const chapter of STORY) {
    terminal.talk(`\n${terminal.paint('bold', chapter.title)}  (${chapter.processId})`);
    const chapterBegan = performance.now();
    const played = await play(stage, chapter, hero);
    const outcome = String(played.variables.outcome ?? played.instance.state.toLowerCase());
    const isAsTold = played.stuck === null && outcome === chapter.outcome;
    const ms = Math.round(performance.now() - chapterBegan);
    told.push({ title: chapter.title, outcome, isAsTold, ms, played });
    if (played.stuck === null) terminal.talk(`  ${seconds(ms)}  The end: ${outcome}`);
    if (!isAsTold) {
      terminal.complain(
        played.stuck ?? `Expected the end '${chapter.outcome}', but it was '${outcome}'.`,
      );
      break;
    }
  }
  const ms = Math.round(performance.now() - began);
  await sum(context, as('cory'), hero, told, ms);
  const isWhole = told.length === STORY.length && told.every(({ isAsTold }) => isAsTold);
  return isWhole ? EXIT.done : EXIT.failed;
}

/** One of the list of samples, which is imported first, or the one that is named, if whoever names it is sure. */
async function heroOf(context: EngineContext, client: ControlClient): Promise<Hero | null> {
  const { terminal } = context;
  const named = textOption(context.options, 'customer');
  if (named !== null) {
    const hero = await heroAmong(client, [named]);
    const name = printable(hero.customer.legalName ?? hero.customer.customerId);
    return (await confirm(context, `take ${name} through the demonstration, and erase it`))
      ? hero
      : null;
  }
  const { file, counts, customerIds } = await importSamples(client);
  const kept = counts.unchanged + counts.known;
  const list = relative(process.cwd(), file);
  terminal.talk(`\nImported ${list}: ${counts.taken} customers, ${kept} were there before.`);
  const hero = await heroAmong(client, customerIds);
  const { customer, contact } = hero;
  terminal.talk(
    `This is the story of one of them: ${printable(customer.legalName ?? '')} (${customer.country}), ` +
      `where ${printable(contact.name)} speaks for it. Customer ${customer.customerId}.`,
  );
  return hero;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1).padStart(5)}s`;

const line = ({ atMs, by, says, task }: Deed): string =>
  `  ${seconds(atMs)}  ${printable(by).padEnd(9)} ${says}${task === null ? '' : `  [${task}]`}`;

/** Prints what is left of it. */
async function sum(
  { terminal, folder, options }: EngineContext,
  engine: ControlClient,
  { customer }: Hero,
  told: readonly Told[],
  ms: number,
): Promise<void> {
  const proof = await proofOf(
    engine,
    folder,
    told.map(({ played }) => played),
  );
  if (terminal.isJson) {
    const chapters = told.map(({ title, outcome, isAsTold, ms: took, played }) => {
      const { instance, deeds, stuck } = played;
      const { processId, instanceId, state } = instance;
      return { title, processId, instanceId, state, outcome, isAsTold, ms: took, stuck, deeds };
    });
    const { customerId } = customer;
    await terminal.data(JSON.stringify({ customerId, folder, ms, chapters, ...proof }));
    return;
  }
  for (const text of summaryLines(told, proof, terminal)) await terminal.data(text);
  const at = textOption(options, 'data') === null && folder === '.data' ? '' : ` --data ${folder}`;
  for (const text of await auditLines(engine, told, at, terminal)) await terminal.data(text);
  terminal.talk(`\nAll of it took ${Math.round(ms / 1000)} s.`);
}
