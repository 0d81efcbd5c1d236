import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Finding } from '../../engine/errors/index.js';
import { compilePackage, type PackageFiles } from '../../registry/index.js';
import { callActivity, endEvent, model, startEvent, userTask } from '../support/durable-model.js';

const plain = (id: string): string =>
  model(id, [startEvent('start'), userTask('a'), endEvent('end')], 'start > a > end');
const calling = (id: string, target: string): string =>
  model(id, [startEvent('start'), callActivity('c', target), endEvent('end')], 'start > c > end');
const form = (id: string, components: readonly object[] = []): string =>
  JSON.stringify({ type: 'default', id, schemaVersion: 19, components });
const decision = readFileSync('test/fixtures/decisions/valid-dish.dmn', 'utf8');

const told = ({ code, file, elementId }: Finding): string => `${code} ${file} ${elementId}`;

/** A package, and everything that refuses it. */
const rows: readonly (readonly [string, PackageFiles, readonly string[]])[] = [
  ['a sound one', { 'process.bpmn': plain('p'), 'forms/f.form': form('f') }, []],
  [
    'one process in two files',
    { 'a.bpmn': plain('p'), 'b.bpmn': plain('p'), 'c.bpmn': plain('q') },
    ['BPMN_ID_DUPLICATE b.bpmn p'],
  ],
  [
    'one decision in two files',
    { 'a.dmn': decision, 'b.dmn': decision },
    ['Season', 'Party', 'Dish'].map((name) => `DMN_ID_DUPLICATE b.dmn Decision_${name}`),
  ],
  [
    'one form in two files',
    { 'forms/f.form': form('f'), 'old/f.form': form('f') },
    ['FORM_ID_DUPLICATE old/f.form f'],
  ],
  [
    'a form that could not be judged',
    { 'forms/f.form': form('f', [{ type: 'filepicker', key: 'a' }]) },
    ['FORM_FIELD_UNSUPPORTED forms/f.form null'],
  ],
  [
    'faults of the markup and faults of the flow in one file, and in another',
    {
      'a.bpmn': plain('p').replace('id="a"', 'id="a" foo="1"').replace('isExecutable="true"', ''),
      'b.bpmn': calling('q', 'nowhere').replace('id="end"', 'id="end" foo="1"'),
    },
    [
      'BPMN_ELEMENT_UNKNOWN a.bpmn a',
      'BPMN_NO_EXECUTABLE_PROCESS a.bpmn p',
      'BPMN_ELEMENT_UNKNOWN b.bpmn end',
      'BPMN_CALL_TARGET_UNKNOWN b.bpmn c',
    ],
  ],
];

test.each(rows)('%s', async (_what, files, expected) => {
  const known = async (): Promise<readonly string[]> => [];
  const surroundings = { mode: 'strict', known, isDeployed: false } as const;
  const { findings, processes } = await compilePackage(files, surroundings);
  expect(findings.map(told)).toEqual(expected);
  expect(processes.length > 0).toBe(expected.length === 0);
});

test('a call is judged by what there is besides, where that is known', async () => {
  const files = { 'p.bpmn': calling('p', 'billing') };
  const known = async (ids: readonly string[]): Promise<readonly string[]> => ids;
  const surroundings = { mode: 'strict', known, isDeployed: false } as const;
  expect((await compilePackage(files, surroundings)).findings).toEqual([]);
  expect((await compilePackage(files)).findings).toEqual([]);
});

test('what was deployed runs, whatever is found in it today', async () => {
  const files = { 'p.bpmn': plain('p').replace('id="a"', 'id="a" foo="1"') };
  const surroundings = { mode: 'compat', known: null, isDeployed: true } as const;
  const { findings, processes } = await compilePackage(files, surroundings);
  expect(findings.map(told)).toEqual(['BPMN_ELEMENT_UNKNOWN p.bpmn a']);
  expect(processes.map(({ id }) => id)).toEqual(['p']);
});
