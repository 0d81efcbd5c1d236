/** `jornada migrate pi KEY` and `migrate pd PROCESS`: other versions for running instances, after saying what that does. */
import type {
  InstanceRow,
  MigrationRow,
  OperationInput,
  OperationOutput,
} from '../../contracts/control.js';
import { remediedOnce } from '../../history/index.js';
import { ControlFailure } from '../../worker/control/failure.js';
import { confirm, type EngineContext, misuse, textOption, textOptions } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { migrationLines } from '../migration-preview.js';
import { outcome, shownReply } from '../replies.js';
import { printable, several, shownInstance } from '../table.js';
import { parseCount } from '../values.js';

type Plan = Pick<OperationInput<'migrateInstance'>, 'version' | 'mappings'>;

/** Migrates one instance; with `--dry-run` it only says what would happen. Exit 1: something is in the way. */
export async function migrateOne(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { client, terminal, options } = context;
  const plan = readPlan(context);
  const { instance } = await client.call('getInstance', { key });
  const { instanceId, processId } = instance;
  const input = { key: instanceId, ...plan };
  const isDryRun = options.dryRun === true;
  if (isDryRun || !terminal.isJson) {
    const tried = await client.call('migrateInstance', { ...input, isDryRun: true });
    const preview = previewOf(tried);
    if (terminal.isJson) await terminal.data(JSON.stringify(tried));
    else for (const line of migrationLines(preview)) await terminal.data(line);
    if (preview.problems.length > 0) return EXIT.failed;
    if (isDryRun) return EXIT.done;
    const { from, to } = tried;
    const act = `let ${processId} ${instanceId} go on with version ${to} instead of ${from}`;
    if (!(await confirm(context, act))) return EXIT.failed;
  } else if (!(await confirm(context, `migrate ${processId} ${instanceId}`))) return EXIT.failed;
  const reply = await client.call('migrateInstance', { ...input, isDryRun: false });
  await shownReply(context, reply, outcome(`migrated to version ${reply.to}`, reply));
  return EXIT.done;
}

/** Above every version. */
const MOST_VERSIONS = 1_000_000;
/** Instances that one command looks at. */
const MOST = 10_000;
/** Instances that are asked at the same time. */
const AT_ONCE = 8;

/** Where one instance stands with a plan: `problem` null, it can go; else why it stays. */
interface Judged {
  readonly instance: InstanceRow;
  readonly problem: string | null;
}

/**
 * Migrates all running instances of a process, or of one version of it: those that can. Each is one act, so what was
 * interrupted goes on where it was when it is asked again. Exit 1: some stay.
 */
export async function migrateAll(
  context: EngineContext,
  [processId = '']: readonly string[],
): Promise<ExitCode> {
  const { client, terminal, options } = context;
  const { process } = await client.call('getProcess', { key: processId });
  const given = readPlan(context);
  const plan = { ...given, version: given.version ?? process.version };
  const instances = await runningOf(context, processId, plan.version);
  if (instances.length === 0) {
    terminal.talk(`No instance of ${processId} runs another version than ${plan.version}.`);
    return EXIT.done;
  }
  const judged = await inTurns(instances, (instance) => tryOne(context, instance, plan));
  const going = judged.filter(({ problem }) => problem === null);
  if (!terminal.isJson) {
    for (const line of summaryLines(judged, plan.version)) await terminal.data(line);
  }
  if (options.dryRun === true) {
    if (terminal.isJson)
      await terminal.data(JSON.stringify({ to: plan.version, ...asJson(judged) }));
    return going.length === judged.length ? EXIT.done : EXIT.failed;
  }
  if (going.length === 0) return EXIT.failed;
  const act = `let ${several(going.length, 'instance')} of ${processId} go on with version ${plan.version}`;
  if (!(await confirm(context, act))) return EXIT.failed;
  const done = await inTurns(
    going.map(({ instance }) => instance),
    (instance) => goOne(context, instance, plan),
  );
  const all = [...done, ...judged.filter(({ problem }) => problem !== null)];
  const stay = all.filter(({ problem }) => problem !== null);
  if (terminal.isJson) await terminal.data(JSON.stringify({ to: plan.version, ...asJson(all) }));
  else {
    await terminal.data(`migrated ${several(all.length - stay.length, 'instance')}`);
    for (const line of stayLines(done)) await terminal.data(line);
  }
  return stay.length === 0 ? EXIT.done : EXIT.failed;
}

function readPlan({ options }: EngineContext): Plan & { readonly version: number | null } {
  const to = textOption(options, 'to');
  const version = to === null ? null : parseCount(to, '--to', MOST_VERSIONS);
  return { version, mappings: textOptions(options, 'map').map(parseMapping) };
}

/** `from:to`: ids of elements have no colon. Class: pure. */
function parseMapping(text: string): NonNullable<Plan['mappings']>[number] {
  const [sourceElementId = '', targetElementId = '', ...more] = text.split(':');
  if (sourceElementId === '' || targetElementId === '' || more.length > 0) {
    throw misuse('from:to, such as check:review', `it is '${text}'`);
  }
  return { sourceElementId, targetElementId };
}

function previewOf({ preview }: OperationOutput<'migrateInstance'>): MigrationRow {
  if (preview === null) throw new Error('the engine answered a dry run without a preview');
  return preview;
}

async function runningOf(
  { client, terminal, options }: EngineContext,
  processId: string,
  version: number,
): Promise<readonly InstanceRow[]> {
  const from = textOption(options, 'from');
  const which = from === null ? { $neq: version } : parseCount(from, '--from', MOST_VERSIONS);
  const state = { $in: ['ACTIVE', 'SUSPENDED'] };
  const filter = { processId, state, definitionVersion: which };
  const { items, total } = await client.call('searchInstances', { filter, limit: MOST });
  if (total.count > items.length) {
    terminal.talk(
      `These are the first ${items.length} of ${total.count}: ask again for the others.`,
    );
  }
  return items;
}

async function tryOne(
  { client }: EngineContext,
  instance: InstanceRow,
  plan: Plan,
): Promise<Judged> {
  const input = { key: instance.instanceId, ...plan, isDryRun: true };
  return judge(instance, async () => {
    const [first] = previewOf(await client.call('migrateInstance', input)).problems;
    return first ? `${first.code}: ${first.message}` : null;
  });
}

function goOne({ client }: EngineContext, instance: InstanceRow, plan: Plan): Promise<Judged> {
  const input = { key: instance.instanceId, ...plan, isDryRun: false };
  return judge(instance, async () => {
    await client.call('migrateInstance', input);
    return null;
  });
}

/** A refusal is of this instance; an engine that is lost is of all of them. */
async function judge(instance: InstanceRow, ask: () => Promise<string | null>): Promise<Judged> {
  try {
    return { instance, problem: await ask() };
  } catch (error) {
    if (!(error instanceof ControlFailure)) throw error;
    return { instance, problem: `${error.code}: ${error.message}` };
  }
}

/** Does something for each, some at the same time; the answers are in order. */
async function inTurns<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const take = async (): Promise<void> => {
    for (let index = next; index < all.length; index = next) {
      next += 1;
      results[index] = await act(all[index] as T);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return results;
}

function summaryLines(judged: readonly Judged[], to: number): readonly string[] {
  const going = judged.filter(({ problem }) => problem === null).length;
  const [{ instance } = { instance: null }] = judged;
  return [
    `${several(judged.length, 'running instance')} of ${instance?.processId ?? ''} to version ${to}:`,
    `  ${going} can go`,
    ...stayLines(judged),
  ];
}

/** Those that stay, together by what is in their way. */
function stayLines(judged: readonly Judged[]): readonly string[] {
  const byProblem = new Map<string, string[]>();
  for (const { instance, problem } of judged) {
    if (problem === null) continue;
    const ids = byProblem.get(problem) ?? [];
    ids.push(shownInstance(instance.instanceId));
    byProblem.set(problem, ids);
  }
  const SHOWN = 5;
  return [...byProblem].flatMap(([problem, ids]) => {
    const more = ids.length > SHOWN ? `, and ${ids.length - SHOWN} more` : '';
    return [
      `  ${several(ids.length, 'instance')} ${ids.length === 1 ? 'stays' : 'stay'}: ${ids.slice(0, SHOWN).join(', ')}${more}`,
      `      ${printable(remediedOnce(problem))}`,
    ];
  });
}

const asJson = (judged: readonly Judged[]) => ({
  instances: judged.map(({ instance: { instanceId, definitionVersion }, problem }) => ({
    ...{ instanceId, from: definitionVersion, problem },
  })),
});
