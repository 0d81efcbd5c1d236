import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findModel, readSources } from '../../cli/deployment/files.js';
import { deploy } from '../../designer/deployment.js';
import {
  createPlayHost,
  readScenarios,
  runScenario,
  type Scenario,
} from '../../engine/play/scenario/index.js';

const folder = 'test/fixtures/scenarios';

const run = async (scenario: Scenario, file: string) => {
  const models = [scenario.process, ...scenario.files];
  const found = models.map((name) => findModel(name, dirname(file), file));
  const sources = await readSources(found, file);
  const deployment = await deploy(sources, { id: scenario.id ?? null, packageKey: null });
  return runScenario(scenario, deployment, createPlayHost);
};

const read = (text: string, file: string): readonly Scenario[] => {
  const result = readScenarios(text, file);
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('\n'));
  return result.scenarios;
};

const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.yaml'));
const all = files.flatMap((name) => {
  const file = join(folder, name);
  return read(readFileSync(file, 'utf8'), file).map(
    (scenario) => [name, scenario.name, scenario, file] as const,
  );
});

describe('scenarios hold', () => {
  test.each(all)('%s: %s', async (_name, _title, scenario, file) => {
    const { mismatches, ok } = await run(scenario, file);
    expect(mismatches).toEqual([]);
    expect(ok).toBe(true);
  });
});

/** A scenario that is wrong on purpose, and the mismatches that must say so. */
const wrong: readonly [what: string, yaml: string, mismatches: object[]][] = [
  [
    'state, ends, variables',
    'process: route.bpmn\nsteps: [{ start: { variables: { amount: 1 } } }]\nexpect: { state: waiting, ends: [high], variables: { amount: 2, no: 1 } }',
    [
      { at: 'expect.state', expected: 'waiting', actual: 'completed' },
      { at: 'expect.ends', expected: ['high'], actual: ['low'] },
      { at: 'expect.variables.amount', expected: 2, actual: 1 },
      { at: 'expect.variables.no', expected: 1, actual: 'no such variable' },
    ],
  ],
  [
    'an end that was reached and is not listed',
    'process: route.bpmn\nsteps: [{ start: { variables: { amount: 1 } } }]\nexpect: { ends: [] }',
    [{ at: 'expect.ends', expected: [], actual: ['low'] }],
  ],
  [
    'order, counts, jobs, never, instances',
    'process: jobs.bpmn\njobs: { add-one: { complete: { n: 1 } } }\nsteps: [{ start: {} }]\nexpect: { completed: [add, check], completedCounts: { add: 2 }, jobs: { add-one: 0 }, never: [add], instances: { jobs: 2 } }',
    [
      { at: 'expect.completed' },
      { at: 'expect.completedCounts.add', expected: 2, actual: 1 },
      { at: 'expect.jobs.add-one', expected: 0, actual: 1 },
      { at: 'expect.never', expected: [], actual: ['add'] },
      { at: 'expect.instances.jobs', expected: 2, actual: 1 },
    ],
  ],
  [
    'elements that no model has',
    'process: jobs.bpmn\nsteps: [{ start: {} }, { expect: { waitingAt: [chek] } }]\nexpect: { never: [ad, check-in, jobs], completedCounts: { chekc: 0, check: 1 } }',
    [
      {
        at: 'steps[1].expect.waitingAt',
        expected: 'an element',
        actual: "no model has 'chek' (did you mean 'check'?)",
      },
      { at: 'steps[1].expect.waitingAt', expected: ['chek'] },
      { at: 'expect.completedCounts', actual: "no model has 'chekc' (did you mean 'check'?)" },
      { at: 'expect.never', actual: "no model has 'ad' (did you mean 'add'?)" },
      { at: 'expect.never', actual: "no model has 'check-in'" },
    ],
  ],
  [
    'only what is listed completed',
    'process: jobs.bpmn\nsteps: [{ start: {} }]\nexpect: { completed: [check], only: true }',
    [{ at: 'expect.completed', expected: ['check'], actual: ['check', 'add'] }],
  ],
  [
    'something else waits',
    'process: fork.bpmn\nsteps: [{ start: {} }, { expect: { waitingAt: [a] } }, { expect: { waitingAt: [a, b, end] } }, { expect: { waitingAt: [a, b, b] } }, { expect: { waitingAt: [] } }]',
    [1, 2, 3, 4].map((n) => ({ at: `steps[${n}].expect.waitingAt`, actual: ['a', 'b'] })),
  ],
  [
    'incidents',
    'process: route.bpmn\nsteps: [{ start: {} }]\nexpect: { incidents: [{ element: which, code: NO_FLOW_SELECTED }] }',
    [{ at: 'expect.incidents', actual: [{ element: 'which', code: 'CONDITION_NOT_BOOLEAN' }] }],
  ],
  [
    'an incident that is not listed',
    'process: route.bpmn\nsteps: [{ start: {} }]\nexpect: { incidents: [] }',
    [{ at: 'expect.incidents', expected: [] }],
  ],
  [
    'a task that is not open, and nothing after it',
    'process: fork.bpmn\nsteps: [{ start: {} }, { complete: { task: c } }, { complete: { task: a } }]\nexpect: { state: completed }',
    [{ at: 'steps[1].complete', expected: "an open user task 'c'", actual: ['a', 'b'] }],
  ],
  [
    'a submission that the form of the task refuses, and nothing after it',
    'process: ../forms/form-task.bpmn\nsteps: [{ start: {} }, { complete: { task: judge, variables: { note: 1 } } }, { complete: { task: judge, variables: { verdict: yes } } }]',
    [{ at: 'steps[1].complete', actual: expect.stringContaining('FORM_VALUE_REQUIRED') }],
  ],
  [
    'an incident that is not there',
    'process: fork.bpmn\nsteps: [{ start: {} }, { resolve: { element: a } }]',
    [{ at: 'steps[1].resolve', expected: "an open incident at 'a'" }],
  ],
  [
    'a process, a message and a start event that are not there',
    'process: fork.bpmn\nsteps: [{ start: { id: x } }]',
    [{ at: 'steps[0].start', expected: "a process 'x'", actual: ['fork-join'] }],
  ],
  [
    'a message that starts nothing',
    'process: order.bpmn\nsteps: [{ start: { message: order-sent } }]',
    [{ at: 'steps[0].start', actual: ["placed (message 'order-placed')"] }],
  ],
  [
    'a timer start that is not there',
    'process: fork.bpmn\nsteps: [{ start: { timer: true } }]',
    [{ at: 'steps[0].start', actual: ['start (none)'] }],
  ],
  [
    'time that would run backwards',
    'process: fork.bpmn\nnow: 2026-01-02T00:00:00Z\nsteps: [{ until: 2026-01-01T00:00:00Z }]',
    [{ at: 'steps[0].until' }],
  ],
  [
    'a completion that is taken, where it should be refused',
    'process: fork.bpmn\nsteps: [{ start: {} }, { complete: { task: a, refused: TASK_FOUR_EYES } }]',
    [{ at: 'steps[1].complete', expected: 'a refusal by TASK_FOUR_EYES', actual: null }],
  ],
  [
    'what is not executed yet',
    'process: fork.bpmn\nsteps: [{ start: {} }, { activate: { element: a } }]',
    [{ at: 'steps[1].activate' }],
  ],
  [
    'a deployment that is refused unexpectedly',
    'process: not-xml.bpmn\nsteps: [{ start: {} }]',
    [{ at: 'deployment', expected: 'accepted', actual: ['BPMN_XML_INVALID'] }],
  ],
  [
    'a deployment that is accepted unexpectedly',
    'process: fork.bpmn\nexpect: { refused: [] }',
    [{ at: 'expect.refused', expected: [], actual: [] }],
  ],
  [
    'a deployment that is refused for another reason',
    'process: not-xml.bpmn\nexpect: { refused: [BPMN_START_INCOMING] }',
    [{ at: 'expect.refused', actual: ['BPMN_XML_INVALID'] }],
  ],
];

describe('a scenario that does not hold says where', () => {
  test.each(wrong)('%s', async (_what, yaml, mismatches) => {
    const file = join(folder, 'made-up.yaml');
    const [scenario] = read(`name: a\n${yaml}`, file);
    const result = await run(scenario as Scenario, file);
    expect(result.ok).toBe(false);
    expect(result.mismatches).toMatchObject(mismatches);
    expect(result.mismatches).toHaveLength(mismatches.length);
  });
});
