/** What people do to tasks: `jornada assign ut KEY` and the like. Exit codes: 0 done, 1 refused, 2 more than one fits. */
import type { OperationOutput } from '../../contracts/control.js';
import type { TaskChanges } from '../../engine/model/index.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { shownOutcome, shownReply } from '../replies.js';
import { printable } from '../table.js';
import { readVariables } from '../values.js';

/** Takes a value away. */
const NONE = 'none';

/** Gives a task to a person. */
export async function assign(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { client, options } = context;
  const assignee = textOption(options, 'to');
  if (assignee === null) throw misuse('--to USER', 'it is missing');
  const mayReassign = options.ifFree !== true;
  const reply = await client.call('assignTask', { key, assignee, mayReassign });
  await shownReply(context, reply, `given to ${assignee}`);
  return EXIT.done;
}

/** Takes a task for the one who asks, if nobody else has it. */
export async function claim(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { actor } = context;
  const input = { key, assignee: actor, mayReassign: false };
  await shownReply(context, await context.client.call('assignTask', input), `claimed by ${actor}`);
  return EXIT.done;
}

/** Lets another person help; whoever has the task gets it back. */
export async function delegate(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const to = textOption(context.options, 'to');
  if (to === null) throw misuse('--to USER', 'it is missing');
  await shownReply(
    context,
    await context.client.call('delegateTask', { key, to }),
    `delegated to ${to}`,
  );
  return EXIT.done;
}

/** Hands a delegated task back. */
export async function giveBack(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  await shownReply(
    context,
    await context.client.call('returnTask', { key }),
    'returned to its owner',
  );
  return EXIT.done;
}

/** Changes when it is due, who finds it, how urgent it is; `none` takes one away. */
export async function update(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const changes = changesOf(context.options);
  await shownReply(context, await context.client.call('updateTask', { key, changes }), 'changed');
  return EXIT.done;
}

function changesOf(options: EngineContext['options']): TaskChanges {
  const instant = (name: string): string | null | undefined => {
    const text = textOption(options, name);
    return text === null ? undefined : text === NONE ? null : text;
  };
  const names = (name: string): readonly string[] | undefined => {
    const text = textOption(options, name);
    if (text === null) return undefined;
    return text === NONE ? [] : text.split(',').map((one) => one.trim());
  };
  const priority = textOption(options, 'priority');
  const given = {
    dueAt: instant('due'),
    followUpAt: instant('followUp'),
    priority: priority === null ? undefined : Number(priority),
    candidateGroups: names('groups'),
    candidateUsers: names('users'),
  };
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  if (changes.length === 0) {
    throw misuse('--due, --follow-up, --priority, --groups or --users', 'none is there');
  }
  return Object.fromEntries(changes);
}

/** Remarks something on a task. */
export async function comment(
  context: EngineContext,
  [key = '', text = '']: readonly string[],
): Promise<ExitCode> {
  await shownReply(context, await context.client.call('commentTask', { key, text }), 'commented');
  return EXIT.done;
}

/** Gives a task back to its candidates. */
export async function unassign(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const input = { key, assignee: null, mayReassign: true };
  const reply = await context.client.call('assignTask', input);
  await shownReply(context, reply, 'given back to its candidates');
  return EXIT.done;
}

/** An action that no button has is kept in the journal, for history alone: who gives one may expect more of it. */
function noteOn(action: string, { task, actions }: OperationOutput<'getTask'>): string | null {
  if (actions.length > 0) return null;
  const form =
    task.formId === null ? 'the task has no form' : `form '${task.formId}' has no buttons`;
  return printable(
    `note: ${form}, so action '${action}' stands in the journal and decides nothing`,
  );
}

/** Completes a task. */
export async function complete(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { client, options } = context;
  const variables = await readVariables(textOption(options, 'variables'));
  const action = textOption(options, 'action');
  const note = action === null ? null : noteOn(action, await client.call('getTask', { key }));
  const reply = await client.call('completeTask', { key, action, variables });
  await shownOutcome(context, reply, 'completed');
  if (note !== null) context.terminal.talk(note);
  return EXIT.done;
}
