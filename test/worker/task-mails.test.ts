/** Mails of tasks, on a real store: that an engine which is to end does not send what is left first. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../store/index.js';
import { createSealing } from '../../worker/encryption/index.js';
import { careForTaskMails, type TaskMailParts } from '../../worker/task-mails/index.js';
import { fixedKeys } from '../support/fixed-keys.js';

let store: Store;
beforeAll(async () => {
  store = await openStore({ databaseUrl: null, folder: null }, createSealing(fixedKeys()));
});
afterAll(() => store.close());

const WAITING = 12;

test('that wait when it is ended wait on', async () => {
  const at = new Date().toISOString();
  const by = { actor: null, requestId: 'test', reason: null, at };
  const { userId } = await store.identities.add(
    {
      ...{ userId: randomUUID(), loginName: 'cora', displayName: 'Cora', mail: null },
      ...({ locale: 'en', roles: ['csm'], groups: [], isDemo: false } as const),
    },
    null,
    by,
  );
  const told = Array.from({ length: WAITING }, (_, n) => ({
    ...{ instanceId: 'i', taskId: `review:${n}`, userId },
  }));
  const { mails } = store.inbox;
  const after = await mails.lookedAt();
  expect(await mails.enqueue({ after, upTo: after + 1 }, told, at, WAITING)).toBe(true);
  const troubles: unknown[] = [];
  const care = careForTaskMails({
    ...{ camunda: { store }, now: Date.now },
    trouble: (error: unknown) => troubles.push(error),
  } as unknown as TaskMailParts);
  await care.close();
  const [later, until] = [1, 2].map((hours) =>
    new Date(Date.parse(at) + hours * 3_600_000).toISOString(),
  );
  const held = await mails.hold({ at: later ?? at, until: until ?? at, limit: 2 * WAITING });
  expect(held.map(({ tries }) => tries)).toEqual(told.map(() => 1));
  expect(troubles).toEqual([]);
});
