/** `jornada cancel|suspend|resume|retry pi KEY`, `drop event KEY`, `set var KEY name=value…`, `resolve inc KEY`. */
import { confirm, type EngineContext, misuse, textOption } from '../engine-context.js';
import { EXIT, type ExitCode } from '../failure.js';
import { outcome, shownOutcome, shownReply } from '../replies.js';
import { parseAssignments, parseCount, readVariables } from '../values.js';

type Args = readonly string[];

/** Cancels an instance, after asking. */
export async function cancel(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { client } = context;
  const { instance } = await client.call('getInstance', { key });
  const { instanceId, processId } = instance;
  if (!(await confirm(context, `cancel ${processId} ${instanceId}`))) return EXIT.failed;
  const reply = await client.call('cancelInstance', { key: instanceId });
  const isOver = reply.status === 'cancelled';
  await shownReply(context, reply, isOver ? 'cancelled' : outcome('being cancelled', reply));
  return EXIT.done;
}

/** Suspends an instance: nothing moves until it is resumed. */
export async function suspend(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const reply = await context.client.call('suspendInstance', { key });
  await shownReply(context, reply, 'suspended: nothing moves until it is resumed');
  return EXIT.done;
}

/** Resumes an instance. */
export async function resume(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const timers = context.options.shiftTimers === true ? 'shift' : 'keep';
  const reply = await context.client.call('resumeInstance', { key, timers });
  await shownReply(context, reply, 'resumed');
  return EXIT.done;
}

/** Lets a parked instance try its decision again now. */
export async function retry(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const reply = await context.client.call('retryDecision', { key });
  await shownReply(context, reply, outcome('tried again', reply));
  return EXIT.done;
}

/** Takes an event away from a parked instance, after asking. */
export async function dropEvent(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { client, options } = context;
  const number = parseCount(textOption(options, 'number') ?? '1', '--number', 100_000);
  const { instance, waiting } = await client.call('getInstance', { key });
  const { instanceId } = instance;
  const count = waiting?.length ?? 0;
  const kind = waiting?.[number - 1];
  if (kind === undefined) {
    const detail = waiting === null ? `${instanceId} does not answer` : `${count} wait there`;
    throw misuse('the number of an event that waits for a decision', detail);
  }
  const which = `event ${number} of ${count} (${kind})`;
  if (!(await confirm(context, `drop ${which} of ${instanceId}`))) return EXIT.failed;
  const event = { key: instanceId, index: number - 1, kind };
  await shownReply(context, await client.call('dropEvent', event), `dropped ${which}`);
  return EXIT.done;
}

/** Sets variables of an instance, or of a scope in it. */
export async function setVariables(
  context: EngineContext,
  [key = '', ...texts]: Args,
): Promise<ExitCode> {
  const variables = parseAssignments(texts);
  if (texts.length === 0) throw misuse('name=value', 'there is none');
  const reply = await context.client.call('setVariables', { key, variables });
  await shownReply(context, reply, `set ${Object.keys(variables).join(', ')}`);
  return EXIT.done;
}

/** Resolves an incident: tries again, or with `--complete` takes the work as done. */
export async function resolve(context: EngineContext, [key = '']: Args): Promise<ExitCode> {
  const { client, options } = context;
  const variables = await readVariables(textOption(options, 'variables'));
  const how = options.complete === true ? 'complete' : 'retry';
  const reply = await client.call('resolveIncident', { key, how, variables });
  const done = how === 'complete' ? 'taken as done' : 'tried again';
  await shownOutcome(context, reply, done);
  return EXIT.done;
}
