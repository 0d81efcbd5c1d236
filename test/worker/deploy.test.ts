import { expect, test } from 'vitest';
import { createRegistry } from '../../registry/index.js';
import type { Deployed, Deployment, ProcessDefinition } from '../../store/index.js';
import { deploy } from '../../worker/control/deploy.js';
import type { ControlParts } from '../../worker/control/parts.js';
import { createEngine } from '../../worker/engine.js';
import type { EngineDeps } from '../../worker/engine-deps.js';
import { callActivity, endEvent, model, startEvent } from '../support/durable-model.js';

const calling = (id: string, target: string): string =>
  model(id, [startEvent('start'), callActivity('c', target), endEvent('end')], 'start > c > end');
const plain = (id: string): string =>
  model(id, [startEvent('start'), endEvent('end')], 'start > end');

const PACKAGES = [
  { key: 'outer', files: { 'a.bpmn': calling('outer', 'inner'), 'b.bpmn': plain('other') } },
  { key: 'inner', files: { 'process.bpmn': plain('inner') } },
];
const ASKER = { actor: 'ana', requestId: 'r1', reason: null } as never;

/** An engine over a store that hears what is deployed, and may fail at it. */
function anEngine(isBroken = false) {
  const stored: (readonly string[])[] = [];
  const timed: string[] = [];
  const none = { latest: async () => null, unchanged: async () => null };
  const definitions = {
    processes: none,
    decisions: none,
    forms: none,
    deploy: async (deployments: readonly Deployment[]) => {
      if (isBroken) throw new Error('connection reset');
      stored.push(deployments.map((one) => one.package.key));
      return deployments.map(({ processes, package: { hash: packageHash }, deployedAt }) => ({
        processes: processes.map((one) => ({
          ...one,
          packageHash,
          deployedAt,
          version: 1,
          isNew: true,
        })),
        resources: [],
      }));
    },
  };
  const store = { definitions };
  const registry = createRegistry(store as never);
  const replace = async (processes: readonly Deployed<ProcessDefinition>[]): Promise<void> => {
    timed.push(...processes.map(({ processId }) => processId));
  };
  const deps = { store, registry, timerStarts: { replace } };
  const engine = createEngine(deps as unknown as EngineDeps);
  const parts = { engine, registry, store } as unknown as ControlParts;
  return { parts, stored, timed };
}

test('packages that call each other are stored in one go, and then their timers are set', async () => {
  const { parts, stored, timed } = anEngine();
  const answer = await deploy(parts, { packages: PACKAGES, isDryRun: false }, ASKER);
  expect(answer.isAccepted).toBe(true);
  const names = answer.deployed.map(({ package: key, file, id }) => `${key}/${file} ${id}`);
  expect(names).toEqual(['outer/a.bpmn outer', 'outer/b.bpmn other', 'inner/process.bpmn inner']);
  expect(stored).toEqual([['outer', 'inner']]);
  expect(timed).toEqual(['outer', 'other', 'inner']);
});

test('a process is told with the file that holds it, a finding with the file that it is in', async () => {
  const { parts } = anEngine();
  const files = { 'a.bpmn': calling('first', 'second'), 'b.bpmn': plain('second') };
  const input = { packages: [{ key: 'p', files }], isDryRun: false };
  const { deployed } = await deploy(parts, input, ASKER);
  expect(deployed.map(({ file, id }) => `${file} ${id}`)).toEqual([
    'a.bpmn first',
    'b.bpmn second',
  ]);
  const wrong = { ...files, 'forms/f.form': '{}', 'b.bpmn': calling('second', 'gone') };
  const { findings } = await deploy(
    parts,
    { ...input, packages: [{ key: 'p', files: wrong }] },
    ASKER,
  );
  expect(findings.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'FORM_INVALID p/forms/f.form',
    'BPMN_CALL_TARGET_UNKNOWN p/b.bpmn',
  ]);
});

test('a dry run tells the same and stores none', async () => {
  const { parts, stored, timed } = anEngine();
  const answer = await deploy(parts, { packages: PACKAGES, isDryRun: true }, ASKER);
  expect(answer.deployed).toHaveLength(3);
  expect([stored, timed]).toEqual([[], []]);
});

test('a description under another name refuses, instead of being left out without a word', async () => {
  const { parts, stored } = anEngine();
  const packages = [{ key: 'p', files: { 'a.bpmn': plain('p'), 'process.yml': 'key: p' } }];
  const answer = await deploy(parts, { packages, isDryRun: false }, ASKER);
  expect(answer).toMatchObject({
    isAccepted: false,
    findings: [{ code: 'DEPLOY_DESCRIPTION_MISNAMED', file: 'p/process.yml' }],
  });
  expect(stored).toEqual([]);
});

test('sets no timer when they could not be stored', async () => {
  const { parts, timed } = anEngine(true);
  const deployment = deploy(parts, { packages: PACKAGES, isDryRun: false }, ASKER);
  await expect(deployment).rejects.toThrow('connection reset');
  expect(timed).toEqual([]);
});

test('what the registry refuses is not told as deployed, whatever was judged before', async () => {
  const { parts, stored, timed } = anEngine();
  const registry = createRegistry(parts.store);
  const deployAll = async () => {
    const files = { 'process.bpmn': calling('outer', 'gone') };
    const packages = [{ key: 'outer', files }, ...PACKAGES.slice(1)];
    const deployedAt = '2026-03-02T12:00:00.000Z';
    return registry.deploy({ packages, deployedAt, mode: 'strict', alongside: [] });
  };
  const engine = { ...parts.engine, deployAll };
  const input = { packages: PACKAGES, isDryRun: false };
  const answer = await deploy({ ...parts, engine }, input, ASKER);
  expect(answer).toMatchObject({
    isAccepted: false,
    deployed: [],
    findings: [{ code: 'BPMN_CALL_TARGET_UNKNOWN', file: 'outer/process.bpmn' }],
  });
  expect([stored, timed]).toEqual([[], []]);
});
