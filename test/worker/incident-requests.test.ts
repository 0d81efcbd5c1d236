/** Who resolves an incident that its instance does not know yet, against an instance that remembers what it refused. */
import { expect, test } from 'vitest';
import type { Store } from '../../store/index.js';
import { untilIncidentKnown } from '../../worker/incident-requests.js';

type Answer = Awaited<ReturnType<Parameters<typeof untilIncidentKnown>[2]>>;

/** An instance that learns of its incident after so many requests, beside a store that has it, or not. */
function instanceThatKnowsAfter(requests: number, isActive = true) {
  const answers = new Map<string, Answer>();
  const items = isActive ? [{ state: 'ACTIVE' }] : [];
  const store = { incidents: { search: async () => ({ items: [...items] }) } };
  let asked = 0;
  return {
    store: store as unknown as Pick<Store, 'incidents'>,
    asked: () => asked,
    without: () => {
      items.length = 0;
    },
    send: async ({ requestId }: { readonly requestId: string | null }): Promise<Answer> => {
      const before = requestId === null ? undefined : answers.get(requestId);
      if (before) return before;
      asked += 1;
      const ok = asked > requests;
      const given = { ok, code: ok ? null : 'INCIDENT_UNKNOWN', message: '' } as never;
      if (requestId !== null) answers.set(requestId, given);
      return given;
    },
  };
}

const REQUEST = { instanceId: 'i', incidentId: 'n', requestId: 'r' };
const noWait = async (): Promise<void> => {};

test('is asked again until the instance knows the incident', async () => {
  const { store, send, asked } = instanceThatKnowsAfter(3);
  expect(await untilIncidentKnown(store, REQUEST, send, noWait)).toMatchObject({ ok: true });
  expect(asked()).toBe(4);
});

test('one that is not active any more is refused at once', async () => {
  const { store, send, asked } = instanceThatKnowsAfter(3, false);
  const answer = await untilIncidentKnown(store, REQUEST, send, noWait);
  expect(answer).toMatchObject({ code: 'INCIDENT_UNKNOWN' });
  expect(asked()).toBe(1);
});

test('one that the refusal takes from the store is waited for', async () => {
  const { store, send, without } = instanceThatKnowsAfter(3);
  const sendAndReplace: typeof send = async (request) => {
    const answer = await send(request);
    without();
    return answer;
  };
  expect(await untilIncidentKnown(store, REQUEST, sendAndReplace, noWait)).toMatchObject({
    ok: true,
  });
});

test('is not asked for ever', async () => {
  const { store, send, asked } = instanceThatKnowsAfter(1000);
  expect(await untilIncidentKnown(store, REQUEST, send, noWait)).toMatchObject({
    ok: false,
    code: 'DECISION_PENDING',
  });
  expect(asked()).toBe(16);
});
