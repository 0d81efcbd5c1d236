/** `jornada search pd|pi|ut|inc|var`. Exit codes: 0, also when nothing is found. */
import type {
  ListedIncident,
  ListedInstance,
  OperationInput,
  ProcessRow,
  TaskRow,
  VariableRow,
} from '../../contracts/control.js';
import { ERASED } from '../../history/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printRows } from '../output.js';
import { type Column, columnOf, shownInstance, shownInstant, stateColor } from '../table.js';
import { parseAssignments, parseCount, parseSort } from '../values.js';

type Search = OperationInput<'searchTasks'>;

const LIMIT = 50;

/** Process definitions; the latest version of each, unless `--all`. */
export async function searchProcesses(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, PROCESS_COLUMNS, {
    ...(options.all !== true && { isLatest: true }),
    ...given(options.process, 'processId'),
  });
  await printRows(context, await client.call('searchProcesses', query), PROCESS_COLUMNS);
  return EXIT.done;
}

/** Instances, newest first. */
export async function searchInstances(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, INSTANCE_COLUMNS, {
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

const TO_BE_DONE = parseSort('dueAt,openedAt');

/** User tasks; open ones, unless `--state` says otherwise. */
export async function searchTasks(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  if (options.unassigned === true && options.assignee !== undefined) {
    throw misuse('--assignee or --unassigned', 'both are there');
  }
  const query = common(context, TASK_COLUMNS, {
    ...states(options.state, ['CREATED', 'COMPLETED', 'CANCELLED'], 'CREATED'),
    ...given(options.process, 'processId'),
    ...given(options.instance, 'instanceId'),
    ...given(options.assignee, 'assignee'),
    ...(options.unassigned === true && { assignee: null }),
    ...given(options.group, 'candidateGroups'),
    ...given(options.user, 'candidateUsers'),
    ...given(options.owner, 'owner'),
  });
  // What is open is to be done: what is due first, then what waits longest.
  const isOpen = options.state === undefined || /^(open|created)$/i.test(String(options.state));
  const sorted = { ...query, sort: query.sort ?? (isOpen ? TO_BE_DONE : undefined) };
  await printRows(context, await client.call('searchTasks', sorted), TASK_COLUMNS);
  return EXIT.done;
}

/** Incidents; open ones, unless `--state` says otherwise. */
export async function searchIncidents(context: EngineContext): Promise<ExitCode> {
  const { client, options } = context;
  const query = common(context, INCIDENT_COLUMNS, {
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
  const query = common(context, VARIABLE_COLUMNS, {
    ...given(options.instance, 'instanceId'),
    ...given(options.process, 'processId'),
    ...given(options.name, 'name'),
    ...(options.all !== true && { isLive: true }),
  });
  await printRows(context, await client.call('searchVariables', query), VARIABLE_COLUMNS);
  return EXIT.done;
}

/** What all lists are asked with. Class: pure. */
export function common<Row>(
  { options }: EngineContext,
  columns: readonly Column<Row>[],
  filter: NonNullable<Search['filter']>,
): Search {
  const sort = textOption(options, 'sort');
  const limit = textOption(options, 'limit');
  const variable = textOption(options, 'variable');
  const wanted = Object.entries(variable === null ? {} : parseAssignments([variable]));
  return {
    filter,
    ...(sort !== null && { sort: parseSort(sort).map(byField(columns)) }),
    limit: limit === null ? LIMIT : parseCount(limit, '--limit', 10_000),
    variables: wanted.map(([name, value]) => ({ name, value })),
  };
}

/** A column is sorted by the field that it shows; keys are so by the instance, whose id begins with the time. */
function byField<Row>(columns: readonly Column<Row>[]) {
  return (level: SortLevel): SortLevel => {
    const column = columnOf(columns, level.field);
    if (column === undefined) return level;
    return {
      ...level,
      field: column.field ?? (column.title === 'KEY' ? 'instanceId' : level.field),
    };
  };
}

type SortLevel = ReturnType<typeof parseSort>[number];

/** A filter on a field; `*` and `?` stand for what they usually do. Class: pure. */
export function given(value: string | boolean | undefined, field: string) {
  if (typeof value !== 'string') return {};
  return { [field]: /[*?]/.test(value) ? { $like: value } : value };
}

/** States as they are asked for, in any case, several by comma. Class: pure. */
export function states(
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

const BUSINESS_KEY: Column<{ readonly businessKey: string | null }> = {
  title: 'BUSINESS KEY',
  field: 'businessKey',
  text: ({ businessKey }) => plain(businessKey),
};

const PROCESS_COLUMNS: readonly Column<ProcessRow>[] = [
  { title: 'PROCESS', field: 'processId', text: ({ processId }) => processId },
  { title: 'VERSION', field: 'version', text: ({ version }) => String(version) },
  { title: 'TAG', field: 'versionTag', text: ({ versionTag }) => plain(versionTag) },
  { title: 'NAME', field: 'name', text: ({ name }) => plain(name) },
  { title: 'DEPLOYED', field: 'deployedAt', text: ({ deployedAt }) => shownInstant(deployedAt) },
];

const INSTANCE_COLUMNS: readonly Column<ListedInstance>[] = [
  { title: 'KEY', text: ({ instanceId }) => shownInstance(instanceId) },
  {
    title: 'PROCESS',
    field: 'processId',
    text: ({ processId, definitionVersion }) => `${processId}:${definitionVersion}`,
  },
  {
    title: 'STATE',
    field: 'state',
    text: ({ state }) => state,
    color: ({ state }) => stateColor(state),
  },
  {
    title: 'INCIDENT',
    field: 'hasIncident',
    text: ({ hasIncident }) => (hasIncident ? 'yes' : '-'),
    color: ({ hasIncident }) => (hasIncident ? 'red' : null),
  },
  BUSINESS_KEY,
  { title: 'STARTED', field: 'startedAt', text: ({ startedAt }) => shownInstant(startedAt) },
  { title: 'ENDED', field: 'endedAt', text: ({ endedAt }) => shownInstant(endedAt) },
  { title: 'OUTCOME', field: 'outcome', text: ({ outcome }) => plain(outcome) },
];

const TASK_COLUMNS: readonly Column<TaskRow>[] = [
  { title: 'KEY', text: ({ instanceId, taskId }) => `${shownInstance(instanceId)}/${taskId}` },
  { title: 'NAME', field: 'name', text: ({ name, elementId }) => name ?? elementId },
  { title: 'PROCESS', field: 'processId', text: ({ processId }) => processId },
  BUSINESS_KEY,
  {
    title: 'STATE',
    field: 'state',
    text: ({ state }) => state,
    color: ({ state }) => stateColor(state),
  },
  { title: 'ASSIGNEE', field: 'assignee', text: ({ assignee }) => plain(assignee) },
  {
    title: 'GROUPS',
    field: 'candidateGroups',
    text: ({ candidateGroups }) => candidateGroups.join(',') || '-',
  },
  { title: 'DUE', field: 'dueAt', text: ({ dueAt }) => shownInstant(dueAt) },
  { title: 'OPENED', field: 'openedAt', text: ({ openedAt }) => shownInstant(openedAt) },
];

const INCIDENT_COLUMNS: readonly Column<ListedIncident>[] = [
  {
    title: 'KEY',
    text: ({ instanceId, incidentId }) => `${shownInstance(instanceId)}/${incidentId}`,
  },
  { title: 'PROCESS', field: 'processId', text: ({ processId }) => processId },
  BUSINESS_KEY,
  { title: 'ELEMENT', field: 'elementId', text: ({ elementId }) => plain(elementId) },
  { title: 'CODE', field: 'code', text: ({ code }) => code, color: () => 'red' },
  {
    title: 'STATE',
    field: 'state',
    text: ({ state }) => state,
    color: ({ state }) => stateColor(state),
  },
  { title: 'OPENED', field: 'openedAt', text: ({ openedAt }) => shownInstant(openedAt) },
];

const VARIABLE_COLUMNS: readonly Column<VariableRow>[] = [
  { title: 'INSTANCE', field: 'instanceId', text: ({ instanceId }) => shownInstance(instanceId) },
  { title: 'SCOPE', field: 'scopeId', text: ({ scopeId }) => scopeId },
  { title: 'NAME', field: 'name', text: ({ name }) => name },
  {
    title: 'VALUE',
    field: 'value',
    text: ({ value, isErased }) => (isErased ? ERASED : JSON.stringify(value)),
  },
  { title: 'WRITTEN', field: 'writtenAt', text: ({ writtenAt }) => shownInstant(writtenAt) },
];

/** The customer of `--customer`, by whatever of its id tables show. Errors: `REFERENCE_UNKNOWN`, `REFERENCE_AMBIGUOUS`. */
export async function customerOption({
  client,
  options,
}: EngineContext): Promise<Readonly<Record<string, string>>> {
  const key = textOption(options, 'customer');
  if (key === null) return {};
  const { customer } = await client.call('getCustomer', { key });
  return { customerId: customer.customerId };
}
