/** Plays a script from its beginning. Class: pure. */
import { own } from '../../model/index.js';
import { createAnswers } from '../scenario/answers.js';
import type { InstanceView, RunView } from '../scenario/host.js';
import { instantOf } from '../scenario/instants.js';
import { createPlayHost } from '../scenario/play-host.js';
import { act, type Deployment } from '../scenario/run.js';
import type { STEPS, Stage, Wrong } from '../scenario/steps.js';
import { elementsOf } from '../scenario/unknown-elements.js';
import { waitingElements } from '../scenario/waiting.js';
import type { JobProvider } from '../types.js';
import type { Act, Script } from './schema.js';

/** Where a play stands after its acts. */
export interface Played {
  readonly at: string;
  /** When something happens next by itself, or null. */
  readonly nextAt: string | null;
  readonly view: RunView;
  /** The instance that the first start made; null: none was. */
  readonly firstId: string | null;
  /** The act that could not be taken, counted from 0, and why: those behind it were not. Null: all were. */
  readonly problem: ({ readonly act: number } & NonNullable<Wrong>) | null;
  /** Entries of the journal that there were after each act. */
  readonly marks: readonly number[];
}

/** Plays it. The deployment is sound: with findings that refuse it there is nothing to play. */
export async function play(script: Script, deployment: Deployment): Promise<Played> {
  const { processes, sources, mainId } = deployment;
  const host = await createPlayHost({
    ...{ processes, sources, now: instantOf(script.now), answer: answersOf(script) },
    armsStartTimers: false,
  });
  const elements = elementsOf(deployment);
  const meant = script.process ?? mainId ?? '';
  const stage: Stage = { host, processes, elements, mainId: meant, firstId: null };
  const marks: number[] = [];
  let problem: Played['problem'] = null;
  for (const [index, one] of script.acts.entries()) {
    const wrong = await take(one, stage);
    marks.push((await host.look()).journal.length);
    if (wrong === null) continue;
    problem = { act: index, ...wrong };
    break;
  }
  const view = await host.look();
  return { at: host.now(), nextAt: host.nextAt(), view, firstId: stage.firstId, problem, marks };
}

/** A job of a type that nothing answers waits. */
function answersOf({ jobs, otherJobs }: Script): JobProvider {
  const answer = createAnswers(jobs);
  return (call) =>
    otherJobs === 'complete' || own(jobs, call.job.type) !== undefined ? answer(call) : null;
}

function take(given: Act, stage: Stage): Promise<Wrong> {
  if (given.job) return answerJob(given.job, stage);
  const name = Object.keys(given)[0] as keyof typeof STEPS;
  return act(name, given[name], stage);
}

async function answerJob(
  { element, answer }: NonNullable<Act['job']>,
  { host }: Stage,
): Promise<Wrong> {
  const { instances, journal } = await host.look();
  const found = instances.flatMap((instance) => jobAt(instance, element)).at(0);
  if (!found) {
    return {
      expected: `a job that waits at '${element}'`,
      actual: waitingElements({ instances, journal }),
    };
  }
  const { instanceId, jobId } = found;
  await host.send(instanceId, commandOf(jobId, answer));
  return null;
}

/** The oldest job of an element. */
function jobAt({ id: instanceId, state }: InstanceView, element: string) {
  return Object.values(state.jobs)
    .filter((job) => state.elements[job.elementInstanceId]?.elementId === element)
    .map(({ id: jobId }) => ({ instanceId, jobId }))
    .slice(0, 1);
}

function commandOf(
  jobId: string,
  { fail, error, complete = {} }: NonNullable<Act['job']>['answer'],
) {
  if (fail !== undefined) {
    return { kind: 'jobFailed', jobId, code: null, message: fail } as const;
  }
  if (error) {
    const { code: errorCode, message, variables } = error;
    return { kind: 'jobThrew', jobId, errorCode, message, variables } as const;
  }
  return { kind: 'jobCompleted', jobId, variables: complete } as const;
}
