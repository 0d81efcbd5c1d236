/** A scenario means the same in memory and on a real server: the same verdict, and the same journal by element. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findModel, readSources } from '../../cli/deployment/files.js';
import { deploy } from '../../designer/deployment.js';
import {
  createPlayHost,
  type Deployment,
  readScenarios,
  runScenario,
  type Scenario,
  type ScenarioResult,
} from '../../engine/play/scenario/index.js';
import { openScenarioHosts, type ScenarioHosts } from '../../worker/scenario-host/index.js';

let hosts: ScenarioHosts;

beforeAll(async () => {
  hosts = await openScenarioHosts({
    ...process.env,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
  });
});
afterAll(async () => {
  await hosts?.close();
});

const fixtures = 'test/fixtures/scenarios';
const packages = readdirSync('definitions')
  .filter((key) => !key.startsWith('.'))
  .map((key) => join('definitions', key, 'scenarios'));
const yamlIn = (folder: string): readonly string[] => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => join(folder, name));
};

const read = (text: string, file: string): readonly Scenario[] => {
  const result = readScenarios(text, file);
  if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('\n'));
  return result.scenarios;
};

const all = [fixtures, ...packages].flatMap(yamlIn).flatMap((file) =>
  read(readFileSync(file, 'utf8'), file).map((scenario) => ({
    file,
    name: scenario.name,
    scenario,
  })),
);

const deploymentOf = async (scenario: Scenario, file: string): Promise<Deployment> => {
  const models = [scenario.process, ...scenario.files];
  const found = models.map((name) => findModel(name, dirname(file), file));
  const sources = await readSources(found, file);
  return deploy(sources, { id: scenario.id ?? null, packageKey: found[0]?.packageKey ?? null });
};

const runBoth = async (
  scenario: Scenario,
  file: string,
): Promise<{ readonly play: ScenarioResult; readonly temporal: ScenarioResult }> => {
  const deployment = await deploymentOf(scenario, file);
  return {
    play: await runScenario(scenario, deployment, createPlayHost),
    temporal: await runScenario(scenario, deployment, hosts.create),
  };
};

/**
 * One message that an instance and those that it called wait for: on a server it reaches them in either order, and who is called is
 * stopped by it or with its caller. Of these scenarios the journal of the called is not compared.
 */
const IN_EITHER_ORDER: readonly string[] = ['offboarding begins elsewhere; everything stops'];

/** How often each kind of entry stands in the journal, by process and element. @param of - one process; null: all */
const countsOf = (
  { journal }: ScenarioResult,
  of: string | null,
): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { processId, entry } of journal) {
    if (of !== null && processId !== of) continue;
    const what = `${processId} ${entry.elementId} ${entry.kind}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
};

const verdictOf = ({ ok, mismatches, refused }: ScenarioResult) => ({ ok, mismatches, refused });

// They wait for the server more than they work.
describe.concurrent('the same on both hosts', () => {
  test.each(all)('$file: $name', async ({ scenario, file }) => {
    const { play, temporal } = await runBoth(scenario, file);
    expect(verdictOf(temporal)).toEqual(verdictOf(play));
    const of = IN_EITHER_ORDER.includes(scenario.name) ? scenario.process : null;
    // A model that is refused leaves no journal; a narrowed comparison of two empty ones would prove nothing.
    if (of !== null) expect(countsOf(play, of)).not.toEqual({});
    expect(countsOf(temporal, of)).toEqual(countsOf(play, of));
  });
});

/** Scenarios written here, on the models of the fixtures. */
const here = (yaml: string): Scenario => read(yaml, 'here')[0] as Scenario;
const file = join(fixtures, 'here.yaml');

const wrong: readonly [what: string, yaml: string][] = [
  [
    'what is expected and is not',
    'name: w\nprocess: route.bpmn\nsteps: [{ start: { variables: { amount: 1 } } }]\nexpect: { state: waiting, ends: [high], variables: { amount: 2 } }',
  ],
  [
    'a task that is not open',
    'name: w\nprocess: fork.bpmn\nsteps: [{ start: {} }, { complete: { task: nowhere } }]',
  ],
  ['a start that the model does not have', 'name: w\nprocess: order.bpmn\nsteps: [{ start: {} }]'],
  ['a cancellation of nothing', 'name: w\nprocess: order.bpmn\nsteps: [{ cancel: true }]'],
];

describe.concurrent('what does not hold is told in the same words', () => {
  test.each(wrong)('%s', async (_what, yaml) => {
    const { play, temporal } = await runBoth(here(yaml), file);
    expect(play.ok).toBe(false);
    expect(verdictOf(temporal)).toEqual(verdictOf(play));
  });
});

test('runs side by side do not meet, though names and keys are the same', async () => {
  const waiting = here(
    'name: a\nprocess: order.bpmn\nsteps: [{ start: { message: order-placed, key: "42", variables: { orderId: "42" } } }]\nexpect: { state: waiting, waitingAt: [paid], instances: { order: 1 } }',
  );
  const paid = here(
    'name: b\nprocess: order.bpmn\nsteps: [{ start: { message: order-placed, key: "42", variables: { orderId: "42" } } }, { message: { name: order-paid, key: "42" } }]\nexpect: { state: completed, instances: { order: 1 } }',
  );
  const deployment = await deploymentOf(waiting, file);
  const results = await Promise.all(
    [waiting, paid, waiting].map((one) => runScenario(one, deployment, hosts.create)),
  );
  expect(results.flatMap(({ mismatches }) => mismatches)).toEqual([]);
});

test('a message id is free again after its retention: then it starts another instance (S60)', async () => {
  const steps = (pause: string): Scenario =>
    here(
      `name: a\nprocess: messages/start-key.bpmn\nsteps: [{ message: { name: placed, key: K, id: a } }, { complete: { task: w } }, { advance: ${pause} }, { message: { name: placed, key: K, id: a } }]`,
    );
  for (const [pause, instances] of [
    ['PT59M', 1],
    ['PT61M', 2],
  ] as const) {
    const { play, temporal } = await runBoth(
      { ...steps(pause), expect: { instances: { p: instances } } },
      file,
    );
    expect(play.mismatches).toEqual([]);
    expect(verdictOf(temporal)).toEqual(verdictOf(play));
  }
});

test('nights pass in no time, each entry at its instant', async () => {
  const nights = here(
    'name: y\nprocess: nightly.bpmn\nsteps: [{ advance: P20D }]\nexpect: { instances: { nightly: 20 }, jobs: { sweep: 20 } }',
  );
  const { play, temporal } = await runBoth(nights, file);
  expect(verdictOf(temporal)).toEqual(verdictOf(play));
  const shape = ({ journal }: ScenarioResult) =>
    journal.map(({ entry: { kind, elementId, at } }) => `${at} ${kind} ${elementId}`);
  expect(shape(temporal)).toEqual(shape(play));
});
