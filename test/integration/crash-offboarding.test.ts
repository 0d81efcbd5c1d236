/**
 * A whole offboarding, with the revocation, the export and the deletion that it calls, while its worker is killed at
 * random moments: it ends with each effect once and one certificate. Mail server, accounts and people are outside of the
 * worker and know nothing of kills. `JORNADA_CRASH_SEED` draws other moments,
 * `JORNADA_CRASH_KILLS` more or fewer.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createSideEffects } from '../../activities/side-effects.js';
import { checkCertificates } from '../../audit/index.js';
import type { Variables } from '../../engine/model/index.js';
import { plainOf, readCertificates } from '../../store/erasure/index.js';
import {
  ACCESS_EVIDENCE,
  ENTITIES,
  ERASURE_REQUEST,
  EXPORT,
  INVOICE,
  type NewCustomer,
} from '../../store/index.js';
import { openLocalKeyring } from '../../worker/encryption/index.js';
import { putCustomer } from '../support/access.js';
import { type LifeScene, setLifeScene } from '../support/crash/life-scene.js';
import { live, newDiary } from '../support/crash/people.js';
import { planKills } from '../support/crash/plan.js';
import { seeded } from '../support/crash/seeded.js';

const SEED = Number(process.env.JORNADA_CRASH_SEED ?? Date.now() % 1_000_000);
const PACKAGES = [
  ...['offboarding', 'access-revocation', 'data-export', 'data-deletion', 'collections'],
];
/** About as many entries as the journals have in the end. */
const ENTRIES = 1100;
/** Kills at random moments; one more follows when the customer's key is gone. */
const KILLS = {
  worker: Number(process.env.JORNADA_CRASH_KILLS ?? 10),
  'both workers': 0,
  server: 0,
};
/** Of the first mails, so many are taken without the worker living to hear of it. */
const KILLS_AT_MAIL = 2;
const FIRST_MAILS = 6;
/** After the last kill something must go on in every such time. */
const STUCK_AFTER_MS = 90_000;
/** Mails that are sent again when nobody knows whether they went: of two the later one holds. */
const MAY_COME_TWICE =
  /code|código|link|access (?:will )?end|acesso (?:termina|terminou)|your data|seus dados/i;

let scene: LifeScene;
let leaving: NewCustomer;
let staying: NewCustomer;

beforeAll(async () => {
  const random = seeded(SEED);
  const numbers = Array.from({ length: FIRST_MAILS }, (_, index) => index + 1);
  const killsAtMail = numbers.toSorted(() => random() - 0.5).slice(0, KILLS_AT_MAIL);
  scene = await setLifeScene(
    ...[inject('temporalAddress'), inject('databaseUrl'), PACKAGES, killsAtMail],
  );
  leaving = await customerOfTheRecord();
  staying = await customerOfTheRecord();
});
afterAll(() => scene?.close());

let jobs = 0;
async function run(type: string, variables: Variables): Promise<void> {
  jobs += 1;
  const id = `setup-${jobs}`;
  await createSideEffects(scene.deps)[type]?.({
    ...{ variables, headers: {}, effectKey: id, customerKeyId: 'system', instanceId: id },
    ...{ processId: 'setup', elementId: 'setup', elementInstanceId: id, jobId: id },
  });
}

/** One that pays, owes an invoice, and has an account. */
async function customerOfTheRecord(): Promise<NewCustomer> {
  const made = await putCustomer(scene.deps.record);
  const { customerId } = made.customer;
  const { contactId, name, mail } = made.contact;
  const amount = { minor: 14_900, currency: 'EUR' };
  await run('invoice.issue', { customerId, amount, dueDate: '2030-01-01' });
  await run('access.grant', {
    ...{ customerId, attempt: customerId, adminContact: { contactId, name, mail } },
  });
  return made;
}

/** Starts the offboarding, however often it takes: the request id makes it one. */
async function startSurely(): Promise<string> {
  const { customerId } = leaving.customer;
  const variables = { customerId, reasonCode: 'price', requestedBy: 'cora', pace: 'demo' };
  const command = { processId: 'offboarding', actor: 'cora', variables, requestId: 'crash' };
  for (;;) {
    const answer = await scene.client.engine.start(command).catch(() => null);
    if (answer?.ok) return answer.instanceId;
    await pause(200);
  }
}

async function killByPlan(): Promise<readonly number[]> {
  const moments: number[] = [];
  for (const { afterEffects, thenMs } of planKills(SEED, ENTRIES, KILLS)) {
    while ((await scene.progress()) < afterEffects) {
      if (isOver) return moments;
      await pause(20);
    }
    await pause(thenMs);
    moments.push(await scene.progress());
    await scene.kill();
  }
  // Once more when the key is gone: what is left has to be replayed without it.
  while ((await scene.store.reading(readCertificates)).length === 0) {
    if (isOver) return moments;
    await pause(20);
  }
  moments.push(await scene.progress());
  await scene.kill();
  return moments;
}

let isOver = false;
const diary = newDiary();

/** Whether the instance has ended; throws when nothing goes on. */
function watch(instanceId: string): () => Promise<boolean> {
  let before = -1;
  let deadline = 0;
  return async () => {
    const found = await scene.store.processInstances.get(instanceId);
    if (found?.endedAt) return true;
    const now = await scene.progress();
    if (now !== before) deadline = Date.now() + STUCK_AFTER_MS;
    before = now;
    if (Date.now() > deadline) throw new Error(`stuck after ${now} entries: ${await open()}`);
    return false;
  };
}

async function open(): Promise<string> {
  const { store } = scene;
  const tasks = (await store.userTasks.search({ filter: { state: 'CREATED' } })).items;
  const incidents = (await store.incidents.search({ filter: { state: 'ACTIVE' } })).items;
  const elements = (await store.elementInstances.search({ filter: { state: 'ACTIVE' } })).items;
  return JSON.stringify({
    tasks: tasks.map(({ elementId }) => elementId),
    incidents: incidents.map(({ elementId, code, message }) => [elementId, code, message]),
    elements: elements.map(({ elementId }) => elementId),
    diary,
  });
}

/** All that the record has of a customer. */
async function recorded(customerId: string): Promise<unknown> {
  const tables = ENTITIES.filter(({ fields }) => 'customerId' in fields);
  const rows = await Promise.all(
    tables.map((entity) => scene.deps.record.table(entity).of([customerId])),
  );
  return Object.fromEntries(tables.map(({ table }, index) => [table, rows[index]]));
}

const accountsOf = (made: NewCustomer): readonly unknown[] =>
  [...scene.scim.users.values()]
    .filter(({ data }) => JSON.stringify(data).includes(made.customer.customerId))
    .map(({ data }) => data.active);

test('killed again and again, a customer leaves with each effect once and one certificate', async () => {
  process.stderr.write(`seed of the kills: ${SEED}\n`);
  const { store, deps, catcher } = scene;
  const { customerId } = leaving.customer;
  const keys = await store.customerKeys.all(customerId);
  const before = await recorded(staying.customer.customerId);
  await scene.startWorker();
  const startedAt = Date.now();
  const instanceId = await startSurely();
  const killing = killByPlan();
  await live(scene, customerId, watch(instanceId), diary);
  isOver = true;
  const moments = await killing;
  const mails = await catcher.mailbox.list(1000);
  const asked = `${diary.decided.length} mails were decided by a person (${diary.decided.join(', ')})`;
  process.stderr.write(
    `${moments.length + KILLS_AT_MAIL} kills, at entries ${moments.join(' ')} of ${await scene.progress()}, ` +
      `in ${Math.round((Date.now() - startedAt) / 1000)} s; ${mails.length} mails; ${asked}\n`,
  );

  process.stderr.write(`refused resolutions: ${JSON.stringify(diary.refused)}\n`);

  expect(diary.surprises).toEqual([]);
  expect(moments.length).toBe(KILLS.worker + 1);
  expect((await store.processInstances.get(instanceId))?.state).toBe('COMPLETED');
  const outcomes = (await scene.client.journal(instanceId)).map(
    ({ data }) => (data?.values as Variables | undefined)?.outcome,
  );
  expect(outcomes).toContain('completed');
  await expectNothingOpen();

  // Mail: each at most once, by the books of the server.
  const ids = mails.map(({ messageId }) => messageId);
  const twice = mails.filter(({ messageId }, index) => ids.indexOf(messageId) !== index);
  expect(twice.filter(({ subject }) => !MAY_COME_TWICE.test(subject))).toEqual([]);
  expect(diary.decided.length).toBeLessThanOrEqual(moments.length + KILLS_AT_MAIL);

  // Access: closed for the one, open for the other; each change was made once.
  expect(accountsOf(leaving)).toEqual([false]);
  expect(accountsOf(staying)).toEqual([true]);
  expect(new Set(scene.scim.applied).size).toBe(scene.scim.applied.length);
  const evidence = await deps.record.table(ACCESS_EVIDENCE).of([customerId]);
  const steps = evidence.map(({ grantId, step, result }) => `${grantId} ${step} ${result}`);
  expect(steps.filter((step) => step.includes(' revoked '))).toEqual([
    ...new Set(steps.filter((step) => step.includes(' revoked '))),
  ]);

  // Export: one a request, and nothing of it lies around.
  const exports = await deps.record.table(EXPORT).of([customerId]);
  expect(new Set(exports.map(({ requestId }) => requestId)).size).toBe(exports.length);
  // Who confirms while no worker lives may find at a demonstration's pace that the time to do so is over.
  const isHandedOver = (state: string): boolean => ['confirmed', 'delivered'].includes(state);
  expect(exports.filter(({ state }) => isHandedOver(state))).toHaveLength(1);
  expect(filesIn(scene.exportsFolder)).toEqual([]);

  // Erasure: one request, one certificate that verifies, no key.
  expect(await deps.record.table(ERASURE_REQUEST).of([customerId])).toHaveLength(1);
  const certificates = await store.reading(readCertificates);
  expect(certificates.map((one) => one.customerId)).toEqual([customerId]);
  expect(checkCertificates(certificates.map(plainOf), null)).toEqual([]);
  const usable = await (
    await openLocalKeyring({ folder: scene.keysFolder, masterKey: null })
  ).list();
  expect(usable.filter((keyId) => keys.includes(keyId))).toEqual([]);

  // Money: what was billed before, and once what was left.
  const invoices = await deps.record.table(INVOICE).of([customerId]);
  expect(invoices.length).toBeLessThanOrEqual(2);

  // Whoever stays has what it had.
  expect(await recorded(staying.customer.customerId)).toEqual(before);
}, 900_000);

async function expectNothingOpen(): Promise<void> {
  const { store } = scene;
  expect((await store.incidents.search({ filter: { state: 'ACTIVE' } })).items).toEqual([]);
  const running = await store.processInstances.search({ filter: { state: 'ACTIVE' } });
  expect(running.items.map(({ processId }) => processId)).toEqual([]);
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
