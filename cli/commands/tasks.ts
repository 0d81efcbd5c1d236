/** `jornada assign|unassign|complete ut KEY`. Exit codes: 0 done, 1 refused, 2 more than one fits. */
import type { OperationOutput } from '../../contracts/control.js';
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { shownOutcome, shownReply } from '../replies.js';
import { printable } from '../table.js';
import { readVariables } from '../values.js';

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
