/** What workers answer. A technical failure is no BPMN error: it becomes an incident (S40). */
import { fault } from '../../errors/index.js';
import { type ElementInstance, type Job, own } from '../../model/index.js';
import { checkResult, checkVariables } from '../declarations.js';
import { openIncident } from '../incidents.js';
import { deliver } from '../lifecycle.js';
import type { Run } from '../run.js';
import { throwFrom } from '../throwing.js';
import type { Handler } from './index.js';
import { notAwaited } from './not-awaited.js';

/** Takes a job from the tables; null, and a note in the journal, when it is not open any more. */
const takeJob = (run: Run, jobId: string): { job: Job; instance: ElementInstance } | null => {
  const job = own(run.state.jobs, jobId);
  if (job === undefined) {
    notAwaited(run, jobId, 'job');
    return null;
  }
  const instance = run.element(job.elementInstanceId);
  run.drop('jobs', jobId);
  instance.jobId = null;
  run.touch(instance);
  run.cause = instance.since;
  return { job, instance };
};

/** The work is done: its variables are the activity's result. */
export const jobCompleted: Handler<'jobCompleted'> = (run, { jobId, variables }) => {
  const taken = takeJob(run, jobId);
  if (taken === null) return null;
  const { job, instance } = taken;
  const problem = checkResult(run, instance, variables);
  if (problem !== null) {
    openIncident(run, instance, problem);
    return null;
  }
  run.cause = run.record('jobCompleted', instance, { jobId, type: job.type });
  deliver(run, instance, { kind: 'done', variables });
  return null;
};

/** The retries are used up. */
export const jobFailed: Handler<'jobFailed'> = (run, { jobId, code, message }) => {
  const taken = takeJob(run, jobId);
  if (taken === null) return null;
  const { job, instance } = taken;
  run.cause = run.record('jobFailed', instance, { jobId, type: job.type, code, message });
  const detail = code === null ? message : `${code}: ${message}`;
  openIncident(run, instance, fault('JOB_FAILED', { type: job.type, detail }), undefined, 'S40');
  return null;
};

/** The worker threw a BPMN error. */
export const jobThrew: Handler<'jobThrew'> = (run, { jobId, errorCode, message, variables }) => {
  const taken = takeJob(run, jobId);
  if (taken === null) return null;
  const { job, instance } = taken;
  const problem = checkVariables(run.process, variables);
  if (problem !== null) {
    openIncident(run, instance, problem);
    return null;
  }
  run.cause = run.record('jobThrew', instance, { jobId, type: job.type, code: errorCode, message });
  const outcome = throwFrom(run, instance, { kind: 'error', code: errorCode, message, variables });
  if (typeof outcome === 'object') openIncident(run, instance, outcome, undefined, 'S39');
  return null;
};

/** Elements that go on after what they ask for: it may fail when they are gone. */
const THROWERS: ReadonlySet<string> = new Set(['sendTask', 'intermediateThrowEvent', 'endEvent']);

/** Whether an element instance still waits for what an effect started. */
const awaits = ({ jobId, childId, timers, subscriptions }: ElementInstance, id: string): boolean =>
  jobId === id || childId === id || timers.includes(id) || subscriptions.includes(id);

/** The event that a timer or subscription is for; null for what is neither. */
const eventOf = ({ state }: Run, id: string): string | null =>
  (own(state.timers, id) ?? own(state.subscriptions, id))?.elementId ?? null;

/** Drops what was asked for and will never be answered: a retry asks for another. */
const forget = (run: Run, instance: ElementInstance, effectId: string): void => {
  if (instance.jobId === effectId) takeJob(run, effectId);
  if (instance.childId === effectId) {
    run.drop('calls', effectId);
    instance.childId = null;
  }
  const isOther = (id: string): boolean => id !== effectId;
  if (!instance.timers.every(isOther)) run.drop('timers', effectId);
  if (!instance.subscriptions.every(isOther)) run.drop('subscriptions', effectId);
  instance.timers = instance.timers.filter(isOther);
  instance.subscriptions = instance.subscriptions.filter(isOther);
  run.touch(instance);
};

/** A host could not do what an effect asked, for good. */
export const effectFailed: Handler<'effectFailed'> = (run, event) => {
  const { effectId, elementInstanceId, code, message } = event;
  const instance =
    elementInstanceId === null ? undefined : own(run.state.elements, elementInstanceId);
  if (instance !== undefined && awaits(instance, effectId)) {
    const unopened = eventOf(run, effectId);
    forget(run, instance, effectId);
    openIncident(run, instance, { code, message }, undefined, null, unopened);
    return null;
  }
  const root = run.state.rootId === null ? undefined : run.state.elements[run.state.rootId];
  const elementId = effectId.slice(0, effectId.lastIndexOf(':'));
  const thrower = own(run.process.nodes, elementId);
  if (root === undefined || thrower === undefined || !THROWERS.has(thrower.kind)) {
    notAwaited(run, effectId, 'effect');
  } else openIncident(run, root, { code, message });
  return null;
};
