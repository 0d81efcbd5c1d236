/** `jornada get pd|pi|ut|inc|var KEY`. Exit codes: 0 found, 1 not found, 2 more than one fits. */
import type {
  FieldRow,
  IncidentRow,
  OperationOutput,
  TaskRow,
  VariableRow,
} from '../../contracts/control.js';
import { ERASED, remediedOnce } from '../../history/index.js';
import type { EngineContext } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { plain, printOne } from '../output.js';
import { instanceLines, outlineLines } from '../standing.js';
import { suggestedAnswers } from '../suggestion.js';
import { type Column, printable, shownInstance, shownInstant, tableLines } from '../table.js';

type Args = readonly string[];

/** A version of a process, and its outline. */
export async function getProcess(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const answer = await context.client.call('getProcess', { key });
  const { process, outline } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Process', `${process.processId} version ${process.version}`],
      ['Name', plain(process.name)],
      ['Tag', plain(process.versionTag)],
      ['Deployed', shownInstant(process.deployedAt)],
      ['Package', process.packageHash],
    ]),
    '',
    ...outlineLines(outline, context.terminal.paint, false),
  ]);
  return EXIT.done;
}

/** An instance: where it stands. */
export async function getInstance(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const detail = await context.client.call('getInstance', { key });
  await printOne(context, detail, () => instanceLines(detail, context.terminal.paint));
  return EXIT.done;
}

/** A task: what its form asks for, and what it sees. */
export async function getTask(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const answer = await context.client.call('getTask', { key });
  const { task, fields, actions, variables, comments } = answer;
  await printOne(context, answer, () => [
    ...pairs([
      ['Task', `${shownInstance(task.instanceId)}/${task.taskId}`],
      ['Name', task.name ?? task.elementId],
      ['Instance', `${task.instanceId} of ${task.processId}`],
      ['State', task.state],
      ['Assignee', holderOf(task)],
      ['Groups', task.candidateGroups.join(', ') || '-'],
      ['Users', task.candidateUsers.join(', ') || '-'],
      ['Due', shownInstant(task.dueAt)],
      ['Follow-up', shownInstant(task.followUpAt)],
      ['Priority', String(task.priority)],
      ['Form', plain(task.formId)],
      ...(actions.length > 0 ? [['Actions', actions.join(', ')] as const] : []),
      ['Opened', shownInstant(task.openedAt)],
      ['Ended', ended(task)],
      ...(task.state === 'CREATED' ? [['To complete', completion(answer)] as const] : []),
    ]),
    ...fieldLines(fields, context.terminal),
    ...variableLines(variables),
    ...commentLines(comments),
  ]);
  return EXIT.done;
}

/** Who has it, and who gets it back. */
const holderOf = ({ assignee, owner }: TaskRow): string =>
  owner === null ? plain(assignee) : `${plain(assignee)}, delegated by ${owner}`;

function commentLines(comments: OperationOutput<'getTask'>['comments']): readonly string[] {
  if (comments.length === 0) return [];
  const lines = comments.map(
    ({ at, actor, text }) => `  ${shownInstant(at)}  ${plain(actor)}: ${printable(text ?? ERASED)}`,
  );
  return ['', 'Comments', ...lines];
}

/** An incident. */
export async function getIncident(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const answer = await context.client.call('getIncident', { key });
  const { incident } = answer;
  const name = `${shownInstance(incident.instanceId)}/${incident.incidentId}`;
  await printOne(context, answer, () =>
    pairs([
      ['Incident', name],
      ['Code', codeOf(incident)],
      ['Message', printable(remediedOnce(incident.message))],
      ['Instance', `${incident.instanceId} of ${incident.processId}`],
      ['Element', plain(incident.elementId)],
      ['State', incident.state],
      ['Opened', shownInstant(incident.openedAt)],
      ['Ended', ended({ ...incident, completedBy: incident.resolvedBy, action: null })],
      ['To resolve', incident.state === 'ACTIVE' ? `npx jornada resolve inc ${name}` : '-'],
    ]),
  );
  return EXIT.done;
}

/** With the class under which operators know it, where that says more. */
const codeOf = ({ code, class: known }: IncidentRow): string =>
  known === null || known === code ? code : `${code} (${known})`;

/** Variables of an instance: all, or the one after the slash; of scopes that have ended only with `--all`. */
export async function getVariable(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const hasAll = context.options.all === true;
  const answer = await context.client.call('getVariable', { key, hasAll });
  const { variables } = answer;
  const isOneScope = new Set(variables.map(({ scopeId }) => scopeId)).size < 2;
  await printOne(context, answer, () =>
    variables.map(({ scopeId, isLive, ...variable }) => {
      const scope = isOneScope && isLive ? '' : `  (${scopeId}${isLive ? '' : ', ended'})`;
      return `${variable.name} = ${printable(shownValue(variable))}${scope}`;
    }),
  );
  return EXIT.done;
}

/** A value, or that it is gone. */
const shownValue = ({ value, isErased }: Pick<VariableRow, 'value' | 'isErased'>): string =>
  isErased ? ERASED : JSON.stringify(value);

function ended({
  endedAt,
  completedBy,
  action,
}: {
  readonly endedAt: string | null;
  readonly completedBy: string | null;
  readonly action: string | null;
}): string {
  if (endedAt === null) return '-';
  return `${shownInstant(endedAt)} by ${plain(completedBy)}${action === null ? '' : `, ${action}`}`;
}

/** A command that completes a task: with the first of its actions, and something for each field that must be there. */
function completion({ task, fields, actions }: OperationOutput<'getTask'>): string {
  const words = [`npx jornada complete ut ${shownInstance(task.instanceId)}/${task.taskId}`];
  if (actions[0] !== undefined) words.push(`--action ${actions[0]}`);
  const text = JSON.stringify(suggestedAnswers(fields));
  if (text !== '{}') words.push(`--variables '${text.replaceAll("'", "'\\''")}'`);
  return words.join(' ');
}

function fieldLines(
  fields: readonly FieldRow[],
  terminal: EngineContext['terminal'],
): readonly string[] {
  if (fields.length === 0) return [];
  return ['', ...tableLines(FIELD_COLUMNS, fields, terminal)];
}

const FIELD_COLUMNS: readonly Column<FieldRow>[] = [
  { title: 'FIELD', text: ({ key }) => key },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'RULE', text: ruleOf },
  { title: 'LABEL', text: ({ label }) => plain(label) },
  {
    title: 'ONE OF',
    text: ({ options }) => options.map(({ value }) => plain(value)).join(', ') || '-',
    longest: 1000,
  },
];

function ruleOf({ isShown, isReadOnly, isRequired }: FieldRow): string {
  if (isShown === false) return 'not shown yet';
  if (isReadOnly) return 'read-only';
  return isRequired ? 'required' : '-';
}

function variableLines(variables: readonly VariableRow[]): readonly string[] {
  if (variables.length === 0) return [];
  const lines = variables.map((variable) => `  ${variable.name} = ${shownValue(variable)}`);
  return ['', 'Variables', ...lines.map(printable)];
}

/** Lines `Title  value`, aligned. */
/** Titles and values as aligned lines. Class: pure. */
export function pairs(
  rows: readonly (readonly [title: string, value: string])[],
): readonly string[] {
  const width = Math.max(...rows.map(([title]) => title.length)) + 2;
  return rows.map(([title, value]) => `${title.padEnd(width)}${printable(value)}`);
}
