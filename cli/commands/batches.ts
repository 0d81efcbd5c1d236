/** `jornada search|get|begin|cancel|suspend|resume batches`. Exit 1: nothing fits, or all of what was looked at is refused. */
import type { BatchPlan, BatchVerdict } from '../../contracts/batches.js';
import type { BatchListed, OperationInput, OperationOutput } from '../../contracts/control.js';
import { confirm, type EngineContext, misuse, textOption, textOptions } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne, printRows } from '../output.js';
import { type Column, several, shownInstance, shownInstant } from '../table.js';
import { parseCount } from '../values.js';
import { pairs } from './get.js';
import { common, given, states } from './search.js';

type Args = readonly string[];
type Meant = Pick<OperationInput<'beginBatch'>, 'filter'>;

/** Batches, newest first. */
export async function searchBatches(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const known = ['CREATED', 'ACTIVE', 'SUSPENDED', 'COMPLETED', 'PARTIALLY_COMPLETED', 'CANCELED'];
  const { state } = states(options.state, [...known, 'CANCELLED'], null);
  // People write it either way; batches have it as Camunda's API does.
  const spelt = state?.$in.map((one) => (one === 'CANCELLED' ? 'CANCELED' : one));
  const query = common(context, COLUMNS, spelt === undefined ? {} : { state: { $in: spelt } });
  await printRows(context, await client.call('searchBatches', query), COLUMNS);
  return EXIT.done;
}

/** How far a batch is, why it was begun, and the first of it that failed. */
export async function getBatch(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const answer = await context.client.call('getBatch', { key });
  const { batch, reason, failed } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Batch', batch.batchId],
      ['Act', batch.type],
      ['State', batch.state],
      ['Done', `${batch.completed} of ${batch.total}`],
      ['Failed', String(batch.failed)],
      ['By', plain(batch.actor)],
      ['Reason', plain(reason)],
      ['Begun', shownInstant(batch.begunAt)],
      ['Ended', shownInstant(batch.endedAt)],
    ]),
    ...failed.map(
      ({ instanceId, code, message }) =>
        `  ! ${shownInstance(instanceId)}  ${plain(code)}: ${plain(message)}`,
    ),
  ]);
  return EXIT.done;
}

/** Calls a batch off, after asking. */
export async function cancelBatch(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { batch } = await context.client.call('getBatch', { key });
  const left = batch.total - batch.completed - batch.failed;
  const act = `call off the batch ${batch.batchId}, of which ${several(left, 'item')} are left`;
  if (!(await confirm(context, act))) return EXIT.failed;
  return turnTo(context, batch.batchId, 'cancel');
}

/** Holds a batch. */
export async function suspendBatch(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { batch } = await context.client.call('getBatch', { key });
  return turnTo(context, batch.batchId, 'suspend');
}

/** Lets a batch go on. */
export async function resumeBatch(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { batch } = await context.client.call('getBatch', { key });
  return turnTo(context, batch.batchId, 'resume');
}

async function turnTo(
  context: EngineContext,
  key: string,
  turn: OperationInput<'turnBatch'>['turn'],
): Promise<ExitCode> {
  await printBatch(context, await context.client.call('turnBatch', { key, turn }));
  return EXIT.done;
}

async function printBatch(context: EngineContext, batch: BatchListed): Promise<void> {
  const { batchId, state, total, completed, failed } = batch;
  await printOne(context, batch, () => [
    `${batchId}  ${state.toLowerCase()}; ${completed} of ${total} done, ${failed} failed`,
  ]);
}

/** Instances of a dry run whose verdicts are looked at. */
const LOOKED_AT = 100;
const SHOWN = 10;

/** Says what an act would do to all that fit; asks, and begins it. */
export async function beginBatch(context: EngineContext, [act = '']: Args): Promise<ExitCode> {
  const { client, terminal, options } = context;
  const meant = meantBy(context);
  const plan = await planOf(context, act);
  const isDryRun = options.dryRun === true;
  const trial = await client.call('previewBatch', { plan, ...meant, limit: LOOKED_AT });
  if (!terminal.isJson) for (const line of trialLines(act, trial)) await terminal.data(line);
  else if (isDryRun) await terminal.data(JSON.stringify(trial));
  if (isDryRun || trial.isTooMany || trial.total === 0) return exitOf(trial);
  if (!(await confirm(context, `${act} ${several(trial.total, 'item')}`))) return EXIT.failed;
  await printBatch(context, await client.call('beginBatch', { plan, ...meant }));
  return EXIT.done;
}

/** Class: pure. */
function exitOf({ total, isTooMany, verdicts }: OperationOutput<'previewBatch'>): ExitCode {
  const isRefused = verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === 'refused');
  return total === 0 || isTooMany || isRefused ? EXIT.failed : EXIT.done;
}

/** Which instances are meant: never all of them by leaving everything out. */
function meantBy({ options }: EngineContext): Meant {
  const version = textOption(options, 'from');
  const narrowing = {
    ...given(options.process, 'processId'),
    ...given(options.businessKey, 'businessKey'),
    ...(version !== null && { definitionVersion: parseCount(version, '--from', MOST_VERSIONS) }),
    ...(options.incident === true && { hasIncident: true }),
  };
  if (Object.keys(narrowing).length === 0 && options.state === undefined) {
    throw misuse(
      '--process, --from, --state, --business-key or --incident',
      'there is none of them',
    );
  }
  const running = states(options.state, ['ACTIVE', 'SUSPENDED'], 'ACTIVE,SUSPENDED');
  return { filter: { ...narrowing, ...running } };
}

/** Above every version. */
const MOST_VERSIONS = 1_000_000;

const PLAIN = {
  cancel: 'CANCEL_PROCESS_INSTANCE',
  suspend: 'SUSPEND_PROCESS_INSTANCE',
  resume: 'RESUME_PROCESS_INSTANCE',
  resolve: 'RESOLVE_INCIDENT',
} as const;

async function planOf(context: EngineContext, act: string): Promise<BatchPlan> {
  const { client, options } = context;
  if (Object.hasOwn(PLAIN, act)) return { type: PLAIN[act as keyof typeof PLAIN] };
  if (act === 'modify') {
    const moves = textOptions(options, 'move').map(parsePair);
    if (moves.length === 0) throw misuse('--move from:to', 'there is none');
    return { type: 'MODIFY_PROCESS_INSTANCE', moves };
  }
  if (act !== 'migrate') {
    throw misuse(
      `an act: ${[...Object.keys(PLAIN), 'migrate', 'modify'].join(', ')}`,
      `it is '${act}'`,
    );
  }
  const processId = textOption(options, 'process');
  if (processId === null || /[*?]/.test(processId)) {
    throw misuse('--process with one process to migrate', 'there is none');
  }
  const to = textOption(options, 'to');
  const version =
    to === null
      ? (await client.call('getProcess', { key: processId })).process.version
      : parseCount(to, '--to', MOST_VERSIONS);
  const mappings = textOptions(options, 'map').map(parsePair);
  return { type: 'MIGRATE_PROCESS_INSTANCE', processId, version, mappings };
}

/** `from:to`: ids of elements have no colon. Class: pure. */
function parsePair(text: string): { sourceElementId: string; targetElementId: string } {
  const [sourceElementId = '', targetElementId = '', ...more] = text.split(':');
  if (sourceElementId === '' || targetElementId === '' || more.length > 0) {
    throw misuse('from:to, such as check:review', `it is '${text}'`);
  }
  return { sourceElementId, targetElementId };
}

/** Class: pure. */
function trialLines(
  act: string,
  { total, isTooMany, verdicts }: OperationOutput<'previewBatch'>,
): readonly string[] {
  if (isTooMany) return ['  ! these are more than one batch takes: ask for less'];
  if (total === 0) return ['nothing fits'];
  const of = (outcome: BatchVerdict['outcome']) =>
    verdicts.filter((verdict) => verdict.outcome === outcome);
  const refused = of('refused');
  const looked =
    verdicts.length < total ? `of the first ${several(verdicts.length, 'item')}` : 'of these';
  return [
    `${act}: ${several(total, 'item')}`,
    `  ${looked} ${of('would').length} would, ${of('already').length} are so already, ${refused.length} would be refused`,
    ...refused
      .slice(0, SHOWN)
      .map(
        ({ instanceId, code, message }) =>
          `  ! ${shownInstance(instanceId)}  ${plain(code)}: ${plain(message)}`,
      ),
    ...(refused.length > SHOWN ? [`  ! and ${refused.length - SHOWN} more`] : []),
  ];
}

const COLUMNS: readonly Column<BatchListed>[] = [
  { title: 'KEY', field: 'batchId', text: ({ batchId }) => batchId.slice(-8) },
  { title: 'ACT', field: 'type', text: ({ type }) => type },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'DONE', field: 'completed', text: ({ completed, total }) => `${completed}/${total}` },
  { title: 'FAILED', text: ({ failed }) => String(failed) },
  { title: 'BY', field: 'actor', text: ({ actor }) => plain(actor) },
  { title: 'BEGUN', field: 'begunAt', text: ({ begunAt }) => shownInstant(begunAt) },
  { title: 'ENDED', field: 'endedAt', text: ({ endedAt }) => shownInstant(endedAt) },
];
