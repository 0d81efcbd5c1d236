/** The texts about functions are of those that there are, and their examples have values. */
import { expect, test } from 'vitest';
import { BUILTIN_NAMES, evaluate } from '../../engine/expressions/index.js';
import { calendarsIn } from '../../web/features/designer/calendars-in.js';
import { FUNCTIONS } from '../../web/features/designer/feel/functions.js';

test('every built-in has a text, and nothing else does', () =>
  expect(Object.keys(FUNCTIONS).sort()).toEqual([...BUILTIN_NAMES].sort()));

test.each(Object.entries(FUNCTIONS))('the example of %s has a value', async (name, { example }) => {
  const weekly = 'weekly: { mon: [["09:00", "18:00"]] }';
  const calendars = await calendarsIn({
    'process.yaml': `calendars:\n  office: { tz: UTC, ${weekly} }`,
  });
  const surroundings = { at: '2026-03-02T12:00:00.000Z', zone: 'UTC', calendars, seed: 'designer' };
  const found = evaluate(example, { ...surroundings, lookup: () => undefined });
  expect(found).toMatchObject({ ok: true });
  expect(example).toContain(name);
});
