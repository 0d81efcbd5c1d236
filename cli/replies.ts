/** What an engine answered to an act, for people and programs. */
import type { EngineReply } from '../contracts/control.js';
import type { EngineContext } from './engine-context.js';
import { printable, shownInstance } from './table.js';

const VERBS = {
  task: 'task',
  job: 'job',
  timer: 'timer',
  message: 'message',
  signal: 'signal',
  call: 'called process',
  incident: 'incident',
} as const;

/**
 * Prints it: the instance, what was said, and what it waits for now. Class: side effect.
 *
 * @param said - what was done, where the engine's own words tell less
 */
export async function shownReply(
  { terminal }: EngineContext,
  reply: EngineReply,
  said: string = reply.message,
): Promise<void> {
  if (terminal.isJson) return terminal.data(JSON.stringify(reply));
  for (const line of replyLines({ ...reply, message: said })) await terminal.data(line);
}

/** What the engine said, with what was done for its `done`: an instance that goes on is not. Class: pure. */
export function outcome(done: string, { message }: Pick<EngineReply, 'message'>): string {
  return message.replace(/^done(?=;|$)/, done) || done;
}

/** Its lines. Class: pure. */
export function replyLines({ instanceId, message, waitsFor }: EngineReply): readonly string[] {
  const short = shownInstance(instanceId);
  const waits = waitsFor.map(({ kind, id, elementId }) => {
    const isNamed = kind === 'task' || kind === 'incident';
    const verb = VERBS[kind as keyof typeof VERBS] ?? kind;
    return `  ${verb} ${printable(isNamed ? `${short}/${id}` : `at ${elementId}`)}`;
  });
  return [`${instanceId}  ${printable(message) || 'done'}`, ...waits];
}
