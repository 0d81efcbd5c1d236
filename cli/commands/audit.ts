/**
 * `jornada audit [KEY | pd [NAME] | msg [NAME] | signal [NAME] | verify [FOLDER] | export FOLDER]`: who did what, when and
 * why, and whether what is told of it was tampered with. Class: side effect.
 */
import type { ActRow } from '../../contracts/control.js';
import { actSentence, ERASED } from '../../history/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { historyLines } from '../history.js';
import { plain, printRows } from '../output.js';
import { actorsOf, idsIn, named, namesOf } from '../people.js';
import { type Column, shownInstant } from '../table.js';
import { parseSince } from '../values.js';
import { auditExport } from './audit-export.js';
import { auditVerify } from './audit-verify.js';
import { common, given } from './search.js';

/** The history of an instance, or acts on the whole deployment, newest first. */
export async function audit(
  context: EngineContext,
  [first = null, second = null, ...more]: readonly (string | null)[],
): Promise<ExitCode> {
  if (first === 'verify') return auditVerify(context, [second, ...more]);
  if (first === 'export') return auditExport(context, [second, ...more]);
  if (textOption(context.options, 'checkpoint') !== null) {
    throw misuse("--checkpoint with 'audit verify'", `it is with '${first ?? 'audit'}'`);
  }
  if (more.length > 0) throw misuse('a key, or a resource and a name', `there is '${more[0]}' too`);
  const resource = first === null ? null : (RESOURCES[first] ?? null);
  const isInstance = first === 'pi' || first === 'process-instance';
  if (first === null || resource !== null) return auditActs(context, resource, second);
  if (!isInstance && second !== null) {
    throw misuse('pi, pd, msg or signal before a name', `it is '${first}'`);
  }
  const key = isInstance ? second : first;
  if (key === null) throw misuse('the key of an instance', 'it is missing');
  return auditInstance(context, key);
}

/** Acts on what is no instance: which, and how the audit names what they are done to. */
interface Resource {
  readonly actions: readonly string[];
  readonly object: string;
}

/** What the log says of itself is told with `--all`. */
const OF_THE_LOG = ['journal.anchored', 'audit.key'];

const DEFINITIONS: Resource = { actions: ['deploy'], object: '*:' };
const MESSAGES: Resource = { actions: ['publish', 'correlate'], object: 'message:' };

const RESOURCES: Readonly<Record<string, Resource>> = {
  pd: DEFINITIONS,
  'process-definition': DEFINITIONS,
  msg: MESSAGES,
  message: MESSAGES,
  signal: { actions: ['broadcast'], object: 'signal:' },
};

async function auditActs(
  context: EngineContext,
  resource: Resource | null,
  name: string | null,
): Promise<ExitCode> {
  const { client, options, terminal } = context;
  const since = textOption(options, 'since');
  const query = common(context, COLUMNS, {
    ...(resource
      ? { action: { $in: resource.actions } }
      : options.all !== true && { action: { $notIn: OF_THE_LOG } }),
    ...(resource && name !== null && { object: { $like: `${resource.object}${name}*` } }),
    ...(await actedBy(context)),
    ...(since !== null && { at: { $gte: parseSince(since) } }),
    ...(options.refused === true && { outcome: { $neq: 'done' } }),
  });
  const found = await client.call('searchActs', query);
  // Programs are given the log as it is.
  const names = terminal.isJson ? null : await namesOf(client, idsIn(found.items));
  const items = names ? found.items.map((act) => named(act, names)) : found.items;
  await printRows(context, { ...found, items }, COLUMNS);
  return EXIT.done;
}

/** `--by`: somebody by login name, or whoever acted under such a name on the command line. */
async function actedBy({ client, options }: EngineContext) {
  const by = textOption(options, 'by');
  if (by === null || /[*?]/.test(by)) return given(options.by, 'actor');
  return { actor: { $in: await actorsOf(client, by) } };
}

const COLUMNS: readonly Column<ActRow>[] = [
  { title: 'WHEN', field: 'at', text: ({ at }) => shownInstant(at) },
  { title: 'WHO', field: 'actor', text: ({ actor }) => actor ?? 'engine' },
  {
    title: 'WHAT',
    text: actSentence,
    color: ({ outcome }) => (outcome === 'done' ? null : 'red'),
    longest: 200,
  },
  {
    title: 'WHY',
    field: 'reason',
    text: ({ reason, isErased }) => (isErased ? ERASED : plain(reason)),
    longest: 2000,
  },
];

const OF_ACTS = ['by', 'since', 'refused', 'limit', 'sort', 'fields'] as const;

/** Prints it, oldest first; with `--all` what only the engine does as well. */
async function auditInstance(context: EngineContext, key: string): Promise<ExitCode> {
  const { terminal, client, options } = context;
  const wrong = OF_ACTS.find((name) => options[name] !== undefined);
  if (wrong) throw misuse(`--${wrong} without an instance`, `it is the history of '${key}'`);
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
