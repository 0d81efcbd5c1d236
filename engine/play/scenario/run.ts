/**
 * Runs one scenario on a host: its steps one after the other, then what it expects of the end. A step that
 * cannot be taken ends the run, for what follows would mean nothing; an expectation that fails does not.
 * Class: pure but for the host.
 */
import type { Finding } from '../../errors/index.js';
import type { ExecutableProcess } from '../../model/index.js';
import { PlayFailure } from '../failure.js';
import { createAnswers } from './answers.js';
import { checkExpectation } from './expectations.js';
import type {
  CreateScenarioHost,
  DeploymentSources,
  RunView,
  ScenarioHost,
  TracedEntry,
} from './host.js';
import { instantOf } from './instants.js';
import type { Mismatch } from './mismatch.js';
import type { Expectation, Scenario, ScenarioStep, StepName } from './schema.js';
import { STEPS, type Stage, type Wrong } from './steps.js';
import { elementsOf, unknownElements } from './unknown-elements.js';

/** What a scenario runs on. `mainId` null: nothing in its process file is executable. */
export interface Deployment {
  readonly processes: readonly ExecutableProcess[];
  readonly sources: DeploymentSources;
  readonly findings: readonly Finding[];
  readonly mainId: string | null;
}

/** An incident that stands at the end of a run. */
export interface OpenIncident {
  readonly element: string;
  readonly code: string;
  readonly message: string;
}

/** What came of a scenario. */
export interface ScenarioResult {
  readonly name: string;
  readonly ok: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Codes of the findings that refused the deployment. */
  readonly refused: readonly string[];
  /** Those findings, where they keep it from holding. */
  readonly findings: readonly Finding[];
  /** Open incidents, where it does not hold: one may be why. */
  readonly incidents: readonly OpenIncident[];
  readonly journal: readonly TracedEntry[];
}

/** Runs a scenario. A bug of the host or the interpreter passes through as it was thrown. */
export async function runScenario(
  scenario: Scenario,
  deployment: Deployment,
  createHost: CreateScenarioHost,
): Promise<ScenarioResult> {
  const refused = refusalsOf(deployment);
  const { name, expect } = scenario;
  if (expect.refused !== undefined || refused.length > 0) {
    const mismatches = judgeRefusal(expect.refused, refused);
    const ok = mismatches.length === 0;
    const findings = ok ? [] : deployment.findings.filter(isError);
    return { name, ok, mismatches, refused, findings, incidents: [], journal: [] };
  }
  const { processes, sources, mainId } = deployment;
  const host = await createHost({
    processes,
    sources,
    now: instantOf(scenario.now),
    answer: createAnswers(scenario.jobs),
    // A scenario that starts instances itself is not disturbed by those that the clock would start.
    armsStartTimers: !scenario.steps.some(({ start }) => start !== undefined),
  });
  try {
    const elements = elementsOf(deployment);
    const stage: Stage = { host, processes, elements, mainId: mainId ?? '', firstId: null };
    const mismatches = await play(scenario, stage);
    const view = await host.look();
    const ok = mismatches.length === 0;
    const incidents = ok ? [] : openIncidents(view);
    return { name, ok, mismatches, refused, findings: [], incidents, journal: view.journal };
  } finally {
    await host.close();
  }
}

const openIncidents = ({ instances }: RunView): readonly OpenIncident[] =>
  instances.flatMap(({ state }) =>
    Object.values(state.incidents).map(({ elementId, code, message }) => {
      return { element: elementId, code, message };
    }),
  );

async function play({ steps, expect }: Scenario, stage: Stage): Promise<readonly Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const [index, step] of steps.entries()) {
    const name = Object.keys(step)[0] as StepName;
    const at = `steps[${index}].${name}`;
    const wrong = await take(step, name, stage, at);
    mismatches.push(...wrong);
    if (wrong.length > 0 && name !== 'expect') return mismatches;
  }
  const { refused: _refused, ...expectation } = expect;
  return [...mismatches, ...(await judge(expectation, stage, 'expect'))];
}

async function take(
  step: ScenarioStep,
  name: StepName,
  stage: Stage,
  at: string,
): Promise<readonly Mismatch[]> {
  if (step.expect) return judge(step.expect, stage, at);
  const wrong = await act(name as keyof typeof STEPS, step[name], stage);
  return wrong === null ? [] : [{ at, ...wrong }];
}

/** Carries out one step that acts. @returns why it could not be taken; null: it was */
export async function act(name: keyof typeof STEPS, given: unknown, stage: Stage): Promise<Wrong> {
  const execute = STEPS[name] as (given: unknown, on: Stage) => Promise<Wrong>;
  try {
    return await execute(given, stage);
  } catch (error) {
    if (!(error instanceof PlayFailure)) throw error;
    return { expected: 'a run that comes to rest', actual: error.message };
  }
}

async function judge(
  expectation: Expectation,
  stage: Stage,
  at: string,
): Promise<readonly Mismatch[]> {
  return [
    ...unknownElements(expectation, stage.elements, at),
    ...checkExpectation(expectation, await observe(stage), at),
  ];
}

async function observe({ host, firstId }: { host: ScenarioHost; firstId: string | null }) {
  const view = await host.look();
  const called = view.instances.find(({ state }) => state.caller === null);
  const first = view.instances.find(({ id }) => id === firstId) ?? called ?? null;
  return { view, first };
}

const isError = ({ severity }: Finding): boolean => severity !== 'warning';

/** Codes that refuse a deployment: in the default mode `strict` ones do. */
function refusalsOf({ findings, mainId, processes }: Deployment): readonly string[] {
  const codes = findings.filter(isError).map(({ code }) => code);
  const none = mainId === null || processes.length === 0 ? ['BPMN_NO_EXECUTABLE_PROCESS'] : [];
  return [...new Set(codes.length > 0 ? codes : none)];
}

function judgeRefusal(
  expected: readonly string[] | undefined,
  refused: readonly string[],
): readonly Mismatch[] {
  if (expected === undefined) {
    return [{ at: 'deployment', expected: 'accepted', actual: refused }];
  }
  const holds = refused.length > 0 && expected.every((code) => refused.includes(code));
  return holds ? [] : [{ at: 'expect.refused', expected, actual: refused }];
}
