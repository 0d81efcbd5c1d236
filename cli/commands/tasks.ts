/** `jornada assign|unassign|complete ut KEY`. Exit codes: 0 done, 1 refused, 2 more than one fits. */
import { type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { shownOutcome, shownReply } from '../replies.js';
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

/** Completes a task. */
export async function complete(
  context: EngineContext,
  [key = '']: readonly string[],
): Promise<ExitCode> {
  const { client, options } = context;
  const variables = await readVariables(textOption(options, 'variables'));
  const action = textOption(options, 'action');
  const reply = await client.call('completeTask', { key, action, variables });
  await shownOutcome(context, reply, 'completed');
  return EXIT.done;
}
