/** Tells the story chapter by chapter, and what is left of it. Class: side effect. */
import { relative, resolve } from 'node:path';
import process from 'node:process';
import { type ControlClient, createControlClient } from '../../worker/control/client.js';
import { confirm, DEFAULT_FOLDER, type EngineContext, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { printable } from '../table.js';
import { heroAmong, importSamples } from './cast.js';
import type { Hero } from './chapter.js';
import { mailsIn } from './mails.js';
import { type Deed, play, type Stage } from './play.js';
import { type Proof, proofOf } from './proof.js';
import { DEMONSTRATION } from './seeds.js';
import { STORY } from './story.js';
import { auditLines, summaryLines, type Told } from './summary.js';
import { createWitness, type Witness } from './witness.js';

/** Longest that nothing may happen in a chapter; the waits of the models take ten seconds at most. */
const PATIENCE_MS = 60_000;

/** Tells it. @returns how the command ends; null: somebody thought better of it */
export async function tellStory(
  context: EngineContext,
  signal: AbortSignal,
): Promise<ExitCode | null> {
  const { terminal, folder } = context;
  const as = (actor: string): ControlClient =>
    createControlClient({
      ...{ folder, actor, reason: DEMONSTRATION, startCommand: 'npm start' },
      through: DEMONSTRATION,
    });
  const hero = await heroOf(context, as('tess'));
  if (hero === null) return null;
  const witness = createWitness(as('cory'));
  const stage: Stage = {
    as,
    mails: mailsIn(folder),
    tell: (deed) => terminal.talk(line(deed)),
    progress: (what) => terminal.progress(`         … ${what}`),
    witness,
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
  const proof = await sum(context, { engine: as('cory'), witness, hero, told, ms });
  const isWhole = told.length === STORY.length && told.every(({ isAsTold }) => isAsTold);
  const isProven = proof.export?.isWhole === true && proof.certificate?.isSound === true;
  return isWhole && isProven ? EXIT.done : EXIT.failed;
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
  terminal.talk(
    `\nImported ${list.startsWith('..') ? file : list}: ${counts.taken} customers, ${kept} were there before.`,
  );
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
  `  ${seconds(atMs)}  ${printable(by).padEnd(9)} ${says}${task === null ? '' : `  [${task.name}]`}`;

/** What the summary is made of. */
interface Story {
  readonly engine: ControlClient;
  readonly witness: Witness;
  readonly hero: Hero;
  readonly told: readonly Told[];
  readonly ms: number;
}

/** Prints what is left of it. */
async function sum(
  { terminal, folder }: EngineContext,
  { engine, witness, hero, told, ms }: Story,
): Promise<Proof> {
  const played = told.map((one) => one.played);
  const proof = await proofOf(engine, witness, played);
  if (terminal.isJson) {
    const chapters = told.map(({ title, outcome, isAsTold, ms: took, played: one }) => {
      const { instance, deeds, stuck } = one;
      const { processId, instanceId, state } = instance;
      return { title, processId, instanceId, state, outcome, isAsTold, ms: took, stuck, deeds };
    });
    const { customerId } = hero.customer;
    await terminal.data(
      JSON.stringify({ customerId, folder: resolve(folder), ms, chapters, ...proof }),
    );
    return proof;
  }
  const at = folder === DEFAULT_FOLDER ? '' : ` --data ${folder}`;
  for (const text of summaryLines(told, proof, at, terminal)) await terminal.data(text);
  for (const text of await auditLines(engine, told, at, terminal)) await terminal.data(text);
  terminal.talk(`\nAll of it took ${Math.round(ms / 1000)} s.`);
  return proof;
}
