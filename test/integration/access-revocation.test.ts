/** Access revocation on a real Temporal server, with a real SCIM server, a real record and real mail. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Variables } from '../../engine/model/index.js';
import type { NewCustomer, Store } from '../../store/index.js';
import type { MailCatcher } from '../../worker/mail-catcher/index.js';
import {
  type AccessWorld,
  accessesOf,
  accessWorld,
  putCustomer,
  scimSystem,
  toLoopback,
} from '../support/access.js';
import type { TestEngine } from '../support/durable.js';
import { type MailedEngine, startMailedEngine } from '../support/mailed-engine.js';
import { type ScimServerForTests, startScimServer } from '../support/scim-server.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let engine: MailedEngine;
let catcher: MailCatcher;
let scim: ScimServerForTests;
let store: Store;
let world: AccessWorld;
let durable: TestEngine;
let customer: NewCustomer;

beforeAll(async () => {
  scim = await startScimServer();
  const systems = [scimSystem(scim)];
  engine = await startMailedEngine(['access-revocation'], { systems, egress: toLoopback });
  ({ catcher, store, durable } = engine);
  world = accessWorld(store, systems);
  customer = await putCustomer(world.record);
});

afterAll(async () => {
  await engine?.close();
  await scim?.close();
});

/** Waits for a task of the instance, or of one that it called, and completes it. */
const complete = async (elementId: string, actor: string, variables: Variables): Promise<void> => {
  for (let attempts = 0; attempts < 300; attempts++) {
    const filter = { elementId, state: 'CREATED' as const };
    const [task] = (await store.userTasks.search({ filter })).items;
    if (task) {
      const { instanceId, taskId } = task;
      const command = { instanceId, requestId: null, actor, action: null, taskId, variables };
      expect(await durable.engine.completeTask(command)).toMatchObject({ ok: true });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no task '${elementId}' came`);
};

test('accounts are found, revoked, verified and signed; one that comes back is revoked again', async () => {
  const { customerId } = customer.customer;
  const { contactId, name, mail } = customer.contact;
  const adminContact = { contactId, name, mail };
  await world.job('access.grant', { customerId, attempt: customerId, adminContact })();
  const [accountId = ''] = scim.users.keys();
  const shadow = scim.put({
    userName: 'shadow@customer.example',
    [ENTERPRISE]: { organization: customerId },
  });
  // the first revocation of an account is answered as done and is not
  scim.fail('PATCH', 'lose');
  const answer = await durable.engine.start({
    processId: 'access-revocation',
    variables: { customerId, scope: 'customer', urgent: true, pace: 'demo' },
    requestId: null,
    actor: 'lea',
  });
  const { instanceId: id } = answer as { readonly instanceId: string };
  expect(answer).toMatchObject({ ok: true });
  await complete('confirm-list', 'sec', {
    keep: [],
    addedText: 'front door; physical; badge 7',
  });
  await complete('by-hand', 'pat', { handResult: 'revoked', handNote: 'collected' });
  await complete('check', 'sam', { checkResult: 'gone' });
  await complete('sign-completion', 'sec', { completionConfirmed: true });
  expect([...scim.users.values()].map(({ data }) => data.active)).toEqual([false, false]);
  // before the rescan, something gives the account back
  scim.change(accountId, { active: true });
  await complete('look-at-return', 'lea', { returnCause: 'sync' });
  await complete('sign-completion', 'sec', { completionConfirmed: true });
  expect(await durable.ended(id)).toBe('COMPLETED');
  expect([...scim.users.values()].map(({ data }) => data.active)).toEqual([false, false]);
  const { grants, evidence } = await accessesOf(world.record, customerId);
  expect(grants.map(({ system, method }) => [system, method])).toEqual([
    ['jornada', 'registry'],
    ['directory', 'disable'],
    ['directory', 'disable'],
    ['front door', 'by-hand'],
  ]);
  expect(grants.every(({ verifiedAt }) => verifiedAt !== null)).toBe(true);
  const of = (externalId: string) => {
    const grant = grants.find((row) => !row.isErased && row.externalId === externalId);
    return evidence.filter(({ grantId }) => grantId === grant?.grantId);
  };
  const lost = [...of(accountId), ...of(shadow)].filter(({ result }) => result === 'still-there');
  expect(lost).toHaveLength(1);
  expect(of(accountId).map(({ result }) => result)).toContain('resurrected');
  expect(of('badge 7')).toMatchObject([{ step: 'checked', doneBy: 'sam' }]);
  const entries = await durable.journal(id);
  const outcome = entries.map(({ data }) => (data?.values as Variables | undefined)?.outcome);
  expect(outcome).toContain('verified');
  const mails = await catcher.mailbox.list();
  expect(mails.map(({ to }) => to)).toEqual([[mail], [mail]]);
  const restored = await world.job('access.restore', { customerId })();
  expect(restored.restored).toHaveLength(3);
  expect([...scim.users.values()].map(({ data }) => data.active)).toEqual([true, true]);
});
