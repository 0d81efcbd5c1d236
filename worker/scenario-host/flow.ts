/**
 * What the effects of a decision set in motion, and which events show that it has arrived. Class: pure but for the
 * run that is told.
 */
import type { HostEffect } from '../../contracts/decision.js';
import type { InstanceEvent } from '../../engine/model/index.js';
import { keyOf } from './jobs.js';
import type { ScenarioRun } from './run.js';
import type { RunInstance } from './run-instance.js';

type EffectOf<K extends HostEffect['kind']> = Extract<HostEffect, { readonly kind: K }>;
type Follower<K extends HostEffect['kind']> = (
  run: ScenarioRun,
  instance: RunInstance,
  effect: EffectOf<K>,
) => void;

/** Key of activities that speak to correlators: they are counted. */
export const CORRELATING = 'correlating';

const correlate = ({ onItsWay }: ScenarioRun): void => onItsWay.add(CORRELATING);

const FOLLOWERS: { readonly [K in HostEffect['kind']]: Follower<K> } = {
  startJob: ({ jobs }, instance, effect) => jobs.start(instance, effect),
  cancelJob: ({ jobs, onItsWay }, instance, { id }) => {
    jobs.cancel(instance, id);
    onItsWay.arrived(`job ${keyOf(instance.id, id)}`);
  },
  startTimer: (run, instance, { id, dueAt }) => run.armTimer(instance, id, dueAt),
  cancelTimer: ({ clock }, { id: instanceId }, { id }) =>
    clock.alarms.cancel(timerKey(instanceId, id)),
  openSubscription: correlate,
  closeSubscription: correlate,
  publishMessage: correlate,
  broadcastSignal: correlate,
  startChild: (run, instance, { id: childId, instanceId, target }) => {
    if (!target) return;
    run.know(instanceId, run.definitions.process(target), { instanceId: instance.id, childId });
    run.expectNews(run.workflowIdOf(instanceId), `start ${instanceId}`);
  },
  cancelChild: (run, instance, { id }) => {
    const child = run.childOf(instance, id);
    if (child && !child.hasEnded) run.expectNews(child.workflowId, `cancel ${child.id}`);
  },
  answerChild: (run, instance, { id, throwId }) => {
    const child = run.childOf(instance, id);
    if (child && !child.hasEnded) {
      run.expectNews(child.workflowId, `answer ${child.id} ${throwId}`);
    }
  },
  askCaller: (run, { id: instanceId, workflowId, caller }, { id }) => {
    const asked = caller ? run.instances.get(caller.instanceId) : undefined;
    if (asked && !asked.hasEnded) run.expectNews(asked.workflowId, `throw ${asked.id} ${id}`);
    else run.expectNews(workflowId, `answer ${instanceId} ${id}`);
  },
  endInstance: (run, instance, { variables }) => {
    instance.finalVariables = variables;
    const { caller } = instance;
    const parent = caller ? run.instances.get(caller.instanceId) : undefined;
    if (caller && parent && !parent.hasEnded) {
      run.expectNews(parent.workflowId, `end ${parent.id} ${caller.childId}`);
    }
    for (const correlator of instance.startedBy ?? []) run.watch.expectNews(correlator);
  },
};

/** Follows one effect. */
export function followEffect(run: ScenarioRun, instance: RunInstance, effect: HostEffect): void {
  (FOLLOWERS[effect.kind] as Follower<HostEffect['kind']>)(run, instance, effect as never);
}

/** Takes note of an event that was decided. */
export function noteArrival(run: ScenarioRun, instance: RunInstance, event: InstanceEvent): void {
  const { id } = instance;
  if (event.kind === 'jobCompleted' || event.kind === 'jobFailed' || event.kind === 'jobThrew') {
    run.jobs.forget(id, event.jobId);
  }
  const key = arrivalOf(run, instance, event);
  if (key !== null) run.onItsWay.arrived(key);
}

function arrivalOf(run: ScenarioRun, instance: RunInstance, event: InstanceEvent): string | null {
  const { id } = instance;
  switch (event.kind) {
    case 'jobCompleted':
    case 'jobFailed':
    case 'jobThrew':
      return `job ${keyOf(id, event.jobId)}`;
    case 'start':
      return `start ${id}`;
    case 'cancel':
      return `cancel ${id}`;
    case 'timerFired':
      return timerKey(id, event.timerId);
    case 'childEnded':
      return `end ${id} ${event.childId}`;
    case 'childThrew':
      return `throw ${id} ${event.throwId}`;
    case 'throwAnswered':
      return `answer ${id} ${event.throwId}`;
    case 'childNotStarted':
      return `start ${run.childOf(instance, event.childId)?.id}`;
    default:
      return null;
  }
}

/** Names a timer among those of all instances. */
export function timerKey(instanceId: string, timerId: string): string {
  return `timer ${instanceId} ${timerId}`;
}
