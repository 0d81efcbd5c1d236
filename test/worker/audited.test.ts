import { expect, test } from 'vitest';
import { AUDITED } from '../../worker/control/audited.js';
import type { ControlParts } from '../../worker/control/parts.js';

/** An engine that hears all, beside a table of the audit that cannot be written at first. */
const withAudit = (failures: number) => {
  const rows: { readonly outcome: string }[] = [];
  let broadcasts = 0;
  const parts = {
    engine: {
      broadcast: async () => {
        broadcasts += 1;
        return { delivered: 1, started: 0 };
      },
    },
    store: {
      audit: {
        append: async (row: { readonly outcome: string }) => {
          if (failures > 0) {
            failures -= 1;
            throw new Error('connection reset');
          }
          rows.push(row);
        },
      },
    },
  };
  const asker = { actor: 'ana', requestId: 'r1', reason: null };
  const act = () =>
    AUDITED.broadcast(
      parts as unknown as ControlParts,
      { name: 'over', variables: {} },
      asker as never,
    );
  return { act, rows, broadcasts: () => broadcasts };
};

test('an act that is done stands as done, also when its row could not be written at once', async () => {
  const { act, rows, broadcasts } = withAudit(2);
  expect(await act()).toMatchObject({ delivered: 1 });
  expect(rows).toMatchObject([{ outcome: 'done' }]);
  expect(broadcasts()).toBe(1);
});

test('an act whose row can never be written says so, and never that it failed', async () => {
  const { act, rows } = withAudit(100);
  await expect(act()).rejects.toThrow('connection reset');
  expect(rows).toEqual([]);
});
