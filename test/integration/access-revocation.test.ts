/** Access revocation on a real Temporal server, with a real SCIM server, a real record and real mail. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPackageFiles } from '../../activities/package-files.js';
import { createSideEffects } from '../../activities/side-effects.js';
import type { Variables } from '../../engine/model/index.js';
import type { NewCustomer, Store } from '../../store/index.js';
import { type MailCatcher, startMailCatcher } from '../../worker/mail-catcher/index.js';
import {
  type AccessWorld,
  accessesOf,
  accessWorld,
  putCustomer,
  scimSystem,
  toLoopback,
} from '../support/access.js';
import { startTestEngine, type TestEngine } from '../support/durable.js';
import { type ScimServerForTests, startScimServer } from '../support/scim-server.js';
import { sideEffectDeps } from '../support/side-effects.js';
import { openTestStore } from '../support/store.js';

const FOLDER = 'definitions/access-revocation';
const FILES = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(bpmn|dmn|form|liquid|yaml)$/.test(path))
    .map((path) => [path, readFileSync(join(FOLDER, path), 'utf8')]),
);

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let folder: string;
let catcher: MailCatcher;
let scim: ScimServerForTests;
let store: Store;
let world: AccessWorld;
let durable: TestEngine;
let customer: NewCustomer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-test-access-'));
  catcher = await startMailCatcher({ folder });
  scim = await startScimServer();
  store = await openTestStore();
  const systems = [scimSystem(scim)];
  world = accessWorld(store, systems);
  const deps = sideEffectDeps(store, {
    ...{ systems, egress: toLoopback, smtp: { url: catcher.url } },
    packageFiles: createPackageFiles(store),
  });
  durable = await startTestEngine(createSideEffects(deps), { store });
  expect((await durable.engine.deploy('access-revocation', FILES)).findings).toEqual([]);
  customer = await putCustomer(world.record);
});

afterAll(async () => {
  await durable?.close();
  await catcher?.close();
  await scim?.close();
  await store?.close();
  rmSync(folder, { recursive: true });
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
