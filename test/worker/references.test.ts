/** How people shorten the ids of instances. */
import { expect, test } from 'vitest';
import type { Store } from '../../store/index.js';
import { findInstance } from '../../worker/control/references.js';

const IDS = [
  '01a2076b-22bc-7f31-9410-e963b8da1f57',
  '01a2076b-22bc-7f31-9410-e963b8db1f58',
  '01a2076b-22bc-7f31-9410-e963b8db2f59',
  '01a2076b-a342-79e2-bab8-d1c3cafecafe',
];

const store = {
  processInstances: {
    get: async (id: string) =>
      IDS.map((one) => ({ instanceId: one })).find((one) => one.instanceId === id) ?? null,
    search: async ({ filter }: { filter: { instanceId?: { $like: string } } }) => {
      const like = filter.instanceId?.$like.replaceAll('*', '.*').replaceAll('?', '.');
      const fits = IDS.filter((id) => like !== undefined && new RegExp(`^${like}$`).test(id));
      return { items: fits.map((instanceId) => ({ instanceId })) };
    },
  },
} as unknown as Store;

test.each([
  ['as tables show it', 'b8da1f57', 0],
  ['a beginning of that', 'b8da', 0],
  ['a longer one', 'b8da1f5', 0],
  ['an end', '1f58', 1],
  ['a beginning of the id', '01a2076b-a', 3],
  ['a beginning and an end of the same', 'cafe', 3],
])('%s names an instance', async (_what, key, index) => {
  expect(await findInstance(store, key)).toEqual({ instanceId: IDS[index] });
});

test.each([
  ['a beginning of what tables show of two', 'b8db', 'REFERENCE_AMBIGUOUS'],
  ['three characters', 'b8d', 'REFERENCE_UNKNOWN'],
  ['a beginning of two', '01a2', 'REFERENCE_AMBIGUOUS'],
  ['the middle', '22bc', 'REFERENCE_UNKNOWN'],
  ['the end of what is shown, cut short', 'a1f5', 'REFERENCE_UNKNOWN'],
])('%s names none', async (_what, key, code) => {
  await expect(findInstance(store, key)).rejects.toMatchObject({ code });
});
