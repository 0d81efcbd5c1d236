import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorRow } from '../../engine/errors/index.js';
import { parseBpmn } from '../../engine/parse/index.js';
import { validateDefinitions } from '../../engine/validate/index.js';
import { EXPECTED } from './expected.js';
import { DEPLOYED, fixtures, pairs, parseFixture } from './support.js';

const strict = { mode: 'strict', deployed: DEPLOYED } as const;
const compat = { mode: 'compat', deployed: DEPLOYED } as const;

describe.each(fixtures)('%s', (fixture) => {
  test('is judged as expected', async () => {
    const { definitions, findings } = await parseFixture(fixture);
    expect(findings).toEqual([]);
    const found = validateDefinitions(definitions, strict);
    expect(pairs(found)).toEqual(EXPECTED[fixture] ?? []);
    const lines = found.map(({ line }) => line);
    expect(lines).not.toContain(null);
    expect(lines).toEqual([...lines].sort((a, b) => Number(a) - Number(b)));
  });

  test('weighs its findings by mode', async () => {
    const { definitions } = await parseFixture(fixture);
    const [hard, soft] = [strict, compat].map((mode) => validateDefinitions(definitions, mode));
    expect(soft?.map(({ message }) => message)).toEqual(hard?.map(({ message }) => message));
    for (const [i, { code, severity }] of (hard ?? []).entries()) {
      const { severity: weight = 'error' }: ErrorRow = ERRORS[code];
      expect(severity).not.toBe('strict');
      if (weight === 'strict') {
        expect([severity, soft?.[i]?.severity]).toEqual(['error', 'warning']);
      } else expect(soft?.[i]?.severity).toBe(severity);
    }
  });
});

test('each expectation has its fixture', () => {
  const invalid = fixtures.filter((fixture) => fixture.includes('/invalid-'));
  expect(Object.keys(EXPECTED).sort()).toEqual([...invalid].sort());
});

test('without known processes, only what the file itself holds is judged', async () => {
  const { definitions } = await parseFixture('call-targets/invalid-unknown');
  expect(validateDefinitions(definitions, { mode: 'strict' })).toEqual([]);
  const { definitions: inside } = await parseFixture('call-targets/invalid-start');
  expect(validateDefinitions(inside, { mode: 'strict' })).toHaveLength(2);
});

/** Faults that parse tells, and that no rule must tell again in other words. */
const TOLD_ONCE = [
  'invalid-dangling-flow',
  'invalid-dangling-references',
  'invalid-empty-condition',
  'invalid-flow-to-data',
  'invalid-flow-without-source',
  'invalid-nested-definition-reference',
  'invalid-reference-type',
  'invalid-unknown-element',
];

test.each(TOLD_ONCE)('%s is refused by parse alone', async (name) => {
  const { definitions } = await parseBpmn(readFileSync(`test/fixtures/parse/${name}.bpmn`), name);
  if (definitions === null) throw new Error(name);
  expect(validateDefinitions(definitions, strict)).toEqual([]);
});

test('of a flow without a target the condition is judged all the same', async () => {
  const path = 'test/fixtures/parse/invalid-dangling-condition.bpmn';
  const { definitions } = await parseBpmn(readFileSync(path), path);
  if (definitions === null) throw new Error(path);
  const found = validateDefinitions(definitions, strict);
  expect(found).toMatchObject([{ code: 'BPMN_EXPRESSION_INVALID', elementId: 'lost', line: 9 }]);
});

test('a target that is computed is unknown with a warning alone', async () => {
  const { definitions } = await parseFixture('call-targets/invalid-unknown');
  const found = validateDefinitions(definitions, strict);
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning', 'error']);
});

test('a name that an element does not take is reported with the one that is meant', async () => {
  const { definitions } = await parseFixture('host-headers/invalid-names');
  const told = validateDefinitions(definitions, strict).map(({ message }) =>
    /takes no '([^']*)'(.*);/.exec(message)?.slice(1, 3).join(''),
  );
  expect(told).toEqual([
    "jornada:zonne (did you mean 'jornada:zone'?)",
    'jornada:timeout (an element with `zeebe:taskDefinition` does)',
    'jornada:zone (a process does)',
    "jornada:timout (did you mean 'jornada:timeout'?)",
    'jornada:colour (it takes jornada:timeout, jornada:heartbeat, jornada:backoff, jornada:deadline, jornada:backoffCoefficient, jornada:local, jornada:taskQueue, jornada:mail)',
    'jornada:timeout (an element with `zeebe:taskDefinition` does)',
    'jornada:startedBy (a none start event of a process does)',
    "jornada:resultvariable (did you mean 'jornada:resultVariable'?)",
    'jornada:local (an element with `zeebe:taskDefinition` does)',
  ]);
});

test('an expression is reported with its place', async () => {
  const { definitions } = await parseFixture('expressions/invalid-everywhere-wrong');
  const messages = validateDefinitions(definitions, strict).map(({ message }) => message);
  expect(messages[0]).toBe(
    'Expected a valid expression in charge (job type), but it is incomplete at character 12 of \'"charge-" +\'; correct it.',
  );
  const places = messages.flatMap((message) => /\(([a-z- ]+)\)/.exec(message)?.[1] ?? []);
  expect(places).toEqual([
    'job type',
    'retries',
    'input amount',
    'output receipt',
    'input collection',
    'output element',
    'completion condition',
    'assignee',
    'candidate groups',
    'candidate users',
    'due date',
    'follow-up date',
    'priority',
    'script',
    'timer duration',
    'called process',
    'correlation key',
    'message id',
    'time to live',
    'condition',
  ]);
});
