/** `jornada search pd|pi|ut|inc|var`. Exit codes: 0, also when nothing is found. */
import type {
  IncidentRow,
  InstanceRow,
  OperationInput,
  ProcessRow,
  TaskRow,
  VariableRow,
} from '../../contracts/control.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printRows } from '../output.js';
import { type Column, shownInstance, shownInstant, stateColor } from '../table.js';
import { parseAssignments, parseCount, parseSort } from '../values.js';

type Search = OperationInput<'searchTasks'>;

const LIMIT = 50;

/** Process definitions; the latest version of each, unless `--all`. */
export async function searchProcesses(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, {
    ...(options.all !== true && { isLatest: true }),
    ...given(options.process, 'processId'),
  });
  await printRows(context, await client.call('searchProcesses', query), PROCESS_COLUMNS);
  return EXIT.done;
}

/** Instances, newest first. */
export async function searchInstances(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, {
    ...states(
      options.state,
      ['ACTIVE', 'SUSPENDED', 'COMPLETED', 'CANCELLED', 'FAILED', 'REFUSED'],
      null,
    ),
    ...given(options.process, 'processId'),
    ...given(options.businessKey, 'businessKey'),
    ...(options.incident === true && { hasIncident: true }),
  });
  await printRows(context, await client.call('searchInstances', query), INSTANCE_COLUMNS);
  return EXIT.done;
}

/** User tasks; open ones, unless `--state` says otherwise. */
export async function searchTasks(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  if (options.unassigned === true && options.assignee !== undefined) {
    throw misuse('--assignee or --unassigned', 'both are there');
  }
  const query = common(context, {
    ...states(options.state, ['CREATED', 'COMPLETED', 'CANCELLED'], 'CREATED'),
    ...given(options.process, 'processId'),
    ...given(options.instance, 'instanceId'),
    ...given(options.assignee, 'assignee'),
    ...(options.unassigned === true && { assignee: null }),
    ...given(options.group, 'candidateGroups'),
  });
  await printRows(context, await client.call('searchTasks', query), TASK_COLUMNS);
  return EXIT.done;
}

/** Incidents; open ones, unless `--state` says otherwise. */
export async function searchIncidents(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, {
    ...states(options.state, ['ACTIVE', 'RESOLVED', 'CLOSED'], 'ACTIVE'),
    ...given(options.process, 'processId'),
    ...given(options.instance, 'instanceId'),
  });
  await printRows(context, await client.call('searchIncidents', query), INCIDENT_COLUMNS);
  return EXIT.done;
}

/** Variables; of scopes that have ended only with `--all`. */
export async function searchVariables(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, {
    ...given(options.instance, 'instanceId'),
    ...given(options.process, 'processId'),
    ...given(options.name, 'name'),
    ...(options.all !== true && { isLive: true }),
  });
  await printRows(context, await client.call('searchVariables', query), VARIABLE_COLUMNS);
  return EXIT.done;
}

/** What all lists are asked with. Class: pure. */
export function common({ options }: EngineContext, filter: NonNullable<Search['filter']>): Search {
  const sort = textOption(options, 'sort');
  const limit = textOption(options, 'limit');
  const variable = textOption(options, 'variable');
  const wanted = Object.entries(variable === null ? {} : parseAssignments([variable]));
  return {
    filter,
    ...(sort !== null && { sort: parseSort(sort) }),
    limit: limit === null ? LIMIT : parseCount(limit, '--limit', 10_000),
    variables: wanted.map(([name, value]) => ({ name, value })),
  };
}

/** A filter on a field; `*` and `?` stand for what they usually do. Class: pure. */
export function given(value: string | boolean | undefined, field: string) {
  if (typeof value !== 'string') return {};
  return { [field]: /[*?]/.test(value) ? { $like: value } : value };
}

function states(
  wanted: string | boolean | undefined,
  known: readonly string[],
  otherwise: string | null,
) {
  const text = typeof wanted === 'string' ? wanted.toUpperCase() : otherwise;
  if (text === null || text === 'ALL') return {};
  const list = text.split(',').map((one) => SAME_STATE[one] ?? one);
  const wrong = list.find((one) => !known.includes(one) && !known.includes(SAME_STATE[one] ?? ''));
  if (wrong === undefined) return { state: { $in: list } };
  const names = [...known, 'ALL'].join(', ').toLowerCase();
  throw misuse(`--state to be of ${names}`, `it is '${wrong.toLowerCase()}'`);
}

const SAME_STATE: Readonly<Record<string, string>> = { OPEN: 'CREATED', CANCELED: 'CANCELLED' };

const PROCESS_COLUMNS: readonly Column<ProcessRow>[] = [
  { title: 'PROCESS', text: ({ processId }) => processId },
  { title: 'VERSION', text: ({ version }) => String(version) },
  { title: 'TAG', text: ({ versionTag }) => plain(versionTag) },
  { title: 'NAME', text: ({ name }) => plain(name) },
  { title: 'DEPLOYED', text: ({ deployedAt }) => shownInstant(deployedAt) },
];

const INSTANCE_COLUMNS: readonly Column<InstanceRow>[] = [
  { title: 'KEY', text: ({ instanceId }) => shownInstance(instanceId) },
  {
    title: 'PROCESS',
    text: ({ processId, definitionVersion }) => `${processId}:${definitionVersion}`,
  },
  { title: 'STATE', text: ({ state }) => state, color: ({ state }) => stateColor(state) },
  {
    title: 'INCIDENT',
    text: ({ hasIncident }) => (hasIncident ? 'yes' : '-'),
    color: ({ hasIncident }) => (hasIncident ? 'red' : null),
  },
  { title: 'BUSINESS KEY', text: ({ businessKey }) => plain(businessKey) },
  { title: 'STARTED', text: ({ startedAt }) => shownInstant(startedAt) },
  { title: 'ENDED', text: ({ endedAt }) => shownInstant(endedAt) },
];

const TASK_COLUMNS: readonly Column<TaskRow>[] = [
  { title: 'KEY', text: ({ instanceId, taskId }) => `${shownInstance(instanceId)}/${taskId}` },
  { title: 'NAME', text: ({ name, elementId }) => name ?? elementId },
  { title: 'PROCESS', text: ({ processId }) => processId },
  { title: 'STATE', text: ({ state }) => state, color: ({ state }) => stateColor(state) },
  { title: 'ASSIGNEE', text: ({ assignee }) => plain(assignee) },
  { title: 'GROUPS', text: ({ candidateGroups }) => candidateGroups.join(',') || '-' },
  { title: 'DUE', text: ({ dueAt }) => shownInstant(dueAt) },
  { title: 'OPENED', text: ({ openedAt }) => shownInstant(openedAt) },
];

const INCIDENT_COLUMNS: readonly Column<IncidentRow>[] = [
  {
    title: 'KEY',
    text: ({ instanceId, incidentId }) => `${shownInstance(instanceId)}/${incidentId}`,
  },
  { title: 'PROCESS', text: ({ processId }) => processId },
  { title: 'ELEMENT', text: ({ elementId }) => plain(elementId) },
  { title: 'CODE', text: ({ code }) => code, color: () => 'red' },
  { title: 'STATE', text: ({ state }) => state, color: ({ state }) => stateColor(state) },
  { title: 'OPENED', text: ({ openedAt }) => shownInstant(openedAt) },
];

const VARIABLE_COLUMNS: readonly Column<VariableRow>[] = [
  { title: 'INSTANCE', text: ({ instanceId }) => shownInstance(instanceId) },
  { title: 'SCOPE', text: ({ scopeId }) => scopeId },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'VALUE', text: ({ value }) => JSON.stringify(value) },
  { title: 'WRITTEN', text: ({ writtenAt }) => shownInstant(writtenAt) },
];
