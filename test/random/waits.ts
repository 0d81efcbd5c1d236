/** What an instance waits for, as a host sees it, and the event that serves each. */
import type { Variables } from '../../engine/model/index.js';
import type { Sent } from '../support/core-driver.js';
import type { Running, World } from './world.js';

/** Something that can happen to an instance. */
export interface Wait {
  readonly running: Running;
  readonly kind: 'job' | 'task' | 'timer' | 'message' | 'signal';
  readonly id: string;
  /** The element that waits, or the event beside the flow. */
  readonly elementId: string;
  readonly ownerId: string;
}

const nobody = { requestId: null, actor: null } as const;

/** Everything open, instance by instance. */
export function waitsOf(world: World): readonly Wait[] {
  return world.open.flatMap((running) => {
    const { state } = running;
    const elementOf = (id: string): string => state.elements[id]?.elementId ?? '';
    return [
      ...Object.values(state.jobs).map(
        ({ id, elementInstanceId: ownerId }): Wait => ({
          running,
          kind: 'job',
          id,
          elementId: elementOf(ownerId),
          ownerId,
        }),
      ),
      ...Object.values(state.tasks).map(
        ({ id, elementId }): Wait => ({ running, kind: 'task', id, elementId, ownerId: id }),
      ),
      ...Object.values(state.timers).map(
        ({ id, elementId, ownerId }): Wait => ({ running, kind: 'timer', id, elementId, ownerId }),
      ),
      ...Object.values(state.subscriptions).map(
        ({ id, elementId, ownerId, kind }): Wait => ({ running, kind, id, elementId, ownerId }),
      ),
    ];
  });
}

/** The event that serves a wait. A timer is served when it is due: time passes. */
export function serve(world: World, wait: Wait, variables: Variables): Sent {
  const { kind, id } = wait;
  switch (kind) {
    case 'job':
      return { kind: 'jobCompleted', jobId: id, variables };
    case 'task':
      return { kind: 'taskCompleted', taskId: id, action: null, variables, ...nobody };
    case 'timer': {
      const dueAt = wait.running.state.timers[id]?.series.dueAt ?? world.now;
      world.nowMs = Math.max(world.nowMs, Date.parse(dueAt));
      return { kind: 'timerFired', timerId: id };
    }
    case 'message':
      return {
        kind: 'messageReceived',
        subscriptionId: id,
        messageId: `${id}-${world.steps}`,
        variables,
      };
    default:
      return { kind: 'signalReceived', subscriptionIds: [id], variables };
  }
}
