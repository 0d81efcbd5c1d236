/** What an engine answered to an act, for people and programs. */
import { setTimeout } from 'node:timers/promises';
import type { EngineReply, InstanceDetail } from '../contracts/control.js';
import { remediedOnce } from '../history/index.js';
import type { EngineContext } from './engine-context.js';
import { printable, several, shownInstance } from './table.js';

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

/** How long a job that was begun is waited for, to say what came of it. */
const SETTLING_MS = 3000;
const LOOK_MS = 150;

/**
 * Prints what came of an act that moved an instance on: where a job runs its end is awaited for a moment, for it may stop
 * at once at an incident, or end the instance. The act was taken all the same. Class: side effect.
 */
export async function shownOutcome(
  context: EngineContext,
  reply: EngineReply,
  done: string,
): Promise<void> {
  if (context.terminal.isJson || !isMoving(reply)) {
    return shownReply(context, reply, outcome(done, reply));
  }
  const { client } = context;
  const until = Date.now() + SETTLING_MS;
  let found = await client.call('getInstance', { key: reply.instanceId });
  while (isOnItsWay(found) && Date.now() < until) {
    await setTimeout(LOOK_MS);
    found = await client.call('getInstance', { key: reply.instanceId });
  }
  for (const line of standingLines(found, done)) await context.terminal.data(line);
}

/** Of what waits for people or the world alone nothing comes by itself. */
const isMoving = ({ status, waitsFor }: EngineReply): boolean =>
  (status !== 'suspended' && waitsFor.length === 0) ||
  waitsFor.some(({ kind }) => kind === 'job' || kind === 'incident');

const JOBS: readonly string[] = ['serviceTask', 'sendTask', 'scriptTask', 'businessRuleTask'];

function isOnItsWay({ instance, incidents, outline, tasks }: InstanceDetail): boolean {
  if (instance.state !== 'ACTIVE' || incidents.length > 0) return false;
  const active = outline.filter(({ mark }) => mark === 'active');
  return (
    active.some(({ kind }) => JOBS.includes(kind)) || (active.length === 0 && tasks.length === 0)
  );
}

/** What was done, and where the instance stands now. Class: pure. */
export function standingLines(found: InstanceDetail, done: string): readonly string[] {
  const { instance, incidents, tasks, timers, subscriptions, outline } = found;
  const { instanceId, state, outcome: end } = instance;
  const short = shownInstance(instanceId);
  if (incidents.length > 0) {
    const stops = incidents.map(({ code, elementId }) => `${code} at ${elementId ?? '-'}`);
    return [
      `${instanceId}  ${done}, but the instance stands at ${several(stops.length, 'incident')}: ${stops.join(', ')}`,
      ...incidents.flatMap(({ incidentId, message }) => [
        `  incident ${printable(`${short}/${incidentId}`)}`,
        `      ${printable(remediedOnce(message))}`,
      ]),
      `  see it: npx jornada get inc ${printable(`${short}/${incidents[0]?.incidentId ?? ''}`)}`,
    ];
  }
  if (state !== 'ACTIVE') {
    const how = end === null ? '' : ` (${printable(end)})`;
    return [`${instanceId}  ${done}; the instance is ${state.toLowerCase()}${how}`];
  }
  const at = outline.filter(({ mark }) => mark === 'active').map(({ elementId }) => elementId);
  return replyLines({
    instanceId,
    message: at.length > 0 ? `${done}; now waiting for ${at.join(', ')}` : done,
    status: 'active',
    waitsFor: [
      ...tasks.map(({ taskId: id, elementId }) => ({ kind: 'task', id, elementId })),
      ...timers.map(({ timerId: id, elementId }) => ({
        kind: 'timer',
        id,
        elementId: elementId ?? '-',
      })),
      ...subscriptions.map(({ subscriptionId: id, of, elementId }) => {
        return { kind: of, id, elementId: elementId ?? '-' };
      }),
    ],
  });
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
