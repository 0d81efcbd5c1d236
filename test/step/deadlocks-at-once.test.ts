/** Thousands of joins that are found blocked at one rest (S05): a host is told of them piece by piece. */
import { expect, test } from 'vitest';
import { sizeOf } from '../../engine/model/index.js';
import { createInstance, step } from '../../engine/step/index.js';
import { compileFixture } from '../support/index.js';

const at = '2026-03-02T09:00:00.000Z';

test('each becomes an incident, in pieces of their own', async () => {
  const { process } = await compileFixture('step/mi-deadlock');
  const state = createInstance({ instanceId: 'i', processId: process.id, caller: null });
  const start = { kind: 'start', at, elementId: null, requestId: null, actor: null } as const;
  let piece = step(
    process,
    state,
    { ...start, variables: { n: 3000, other: false } },
    { pauseAfter: 64 },
  );
  const sizes = [sizeOf(piece.entries)];
  while (piece.hasMore) {
    piece = step(process, state, { kind: 'continue', at }, { pauseAfter: 64 });
    sizes.push(sizeOf(piece.entries));
  }
  const codes = Object.values(state.incidents).map(({ code }) => code);
  expect(codes).toEqual(Array(3000).fill('DEADLOCK'));
  expect(state).toMatchObject({ agenda: [], unsettled: [], moves: 0 });
  expect(Math.max(...sizes)).toBeLessThan(100_000);
});
