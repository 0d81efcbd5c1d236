/** How plays start: what of a written start a form can show, and what goes beside it. */
import { expect, test } from 'vitest';
import { besideForm, isBy, readStart, startWith } from '../../web/features/designer/play/starts.js';
import { localOf } from '../../web/parts/local-time.js';

const ASKED = { elementId: 'asked', formId: 'ask' };

test('a start that nothing triggers is by the form, also where it names the event', () => {
  const by = (start: unknown) => isBy(ASKED, readStart(JSON.stringify({ start })));
  expect([by({}), by(null), by({ event: 'asked', variables: { a: 1 } })]).toEqual([
    ...[true, true, true],
  ]);
  const others = [{ event: 'other' }, { message: 'm' }, { signal: 's' }, { timer: true }];
  expect([...others, { id: 'another-process' }].map(by)).toEqual(Array(5).fill(false));
  expect(isBy(ASKED, readStart('{ "until": "2026-01-05T12:00:00Z" }'))).toBe(false);
  expect(isBy(ASKED, readStart('{'))).toBe(false);
});

test('a start is told by what triggers it', () => {
  const read = (start: unknown) => readStart(JSON.stringify({ start }));
  expect(read({ message: 'order.placed', key: 'k', variables: { a: 1 } })).toEqual({
    ...{ trigger: 'message', name: 'order.placed', event: null, variables: { a: 1 } },
  });
  expect(read({ timer: true })?.trigger).toBe('timer');
  expect(read({ id: 'another-process' })?.trigger).toBe('written');
  expect(readStart(startWith({ a: 1 }))).toEqual({
    ...{ trigger: null, name: '', event: null, variables: { a: 1 } },
  });
});

test('what no field of the form holds goes beside it', () => {
  const group = { type: 'group', path: 'contract', components: [{ key: 'number' }] };
  const schema = { id: 'ask', components: [{ key: 'from.name' }, group] };
  const variables = { from: { name: 'Ana' }, contract: { number: 1 }, messageId: 'm-1' };
  expect(besideForm(schema, variables)).toEqual({ messageId: 'm-1' });
});

test('a field of the browser has an instant in local time; what is none is empty', () => {
  const shown = localOf('2026-03-02T12:00:30Z');
  expect(shown).toMatch(/^2026-03-0\dT\d\d:\d\d$/);
  expect(new Date(shown).toISOString()).toBe('2026-03-02T12:00:00.000Z');
  expect([localOf(null), localOf('soon')]).toEqual(['', '']);
});
