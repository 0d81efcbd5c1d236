import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvariantError } from '../../engine/errors/index.js';
import { validateBy, validateDefinitions } from '../../engine/validate/index.js';
import { RULES } from '../../engine/validate/rules/index.js';
import { FIXTURES, fixtures, parseFixture } from './support.js';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`);
const rules = Object.keys(RULES).map(kebab);

test('every file of the folder is registered by its name', () => {
  const files = readdirSync('engine/validate/rules').filter((file) => file !== 'index.ts');
  expect([...rules].sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
});

test('every rule has fixtures that pass and fixtures that fail', () => {
  const folders = readdirSync(FIXTURES);
  // The rule `elements` speaks for the files of engine/elements, whose fixtures bear their names.
  for (const rule of rules.filter((name) => name !== 'elements')) expect(folders).toContain(rule);
  for (const folder of folders) {
    for (const kind of ['valid', 'invalid']) {
      const some = fixtures.filter((fixture) => fixture.startsWith(`${folder}/${kind}-`));
      expect(some, `${folder}/${kind}`).not.toEqual([]);
    }
  }
});

test('a rule that fails refuses the file, and the others still speak', async () => {
  const { definitions } = await parseFixture('service-task/invalid-no-job');
  const broken = {
    node: () => {
      throw new InvariantError('a bug');
    },
  };
  const all = [['broken', broken] as const, ...Object.entries(RULES)];
  const found = validateBy(all, definitions, { mode: 'compat' });
  expect(found.filter(({ code }) => code === 'BPMN_RULE_FAILED')).toMatchObject([
    { elementId: 'start', severity: 'error', line: 4 },
    { elementId: 'a' },
    { elementId: 'end' },
  ]);
  expect(found[0]?.message).toContain('rule broken to judge start');
  expect(found.map(({ code }) => code)).toContain('BPMN_TASK_IMPLEMENTATION_MISSING');
});

test('the order does not depend on lines: without them it is that of the tree', async () => {
  const { definitions } = await parseFixture('references/invalid-nothing-named');
  const text = JSON.stringify(definitions).replace(/"line":\d+/g, '"line":1');
  const [with_, without] = [definitions, JSON.parse(text)].map((tree) =>
    validateDefinitions(tree, { mode: 'strict' }).map(({ code }) => code),
  );
  expect(without).toEqual(with_);
});
