/**
 * Marked personal data of two customers goes through a whole deployment: record, instances that end, wait and fail, tasks,
 * messages, mails, files of exports. One is erased by the process `data-deletion` up to its certificate. Afterwards
 * nothing of that one is found in any file of the data folder, in any form, nor can its histories be decoded; the other
 * is read as before.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLUMNS } from '../../contracts/customers.js';
import { openConnections } from '../../worker/connections.js';
import { createDataConverter, openLocalKeyring } from '../../worker/encryption/index.js';
import { findCanaries } from '../support/canary.js';
import { type CommandLine, openCommandLine } from '../support/command-line.js';
import {
  endEvent,
  messageCatch,
  model,
  serviceTask,
  startEvent,
  userTask,
} from '../support/durable-model.js';

/** What is marked of a customer: no two share a word. */
interface Marked {
  readonly legalName: string;
  readonly person: string;
  readonly mail: string;
  readonly taxId: string;
  readonly note: string;
  readonly answer: string;
  readonly reply: string;
  readonly reason: string;
}

const FIRST: Marked = {
  legalName: 'Zephyrine Quandary-7731 Unipessoal',
  person: 'Zephyrine Perpetua-7731',
  mail: 'zephyrine.q7731@canary-one.example.com',
  taxId: '12.ABC.345/01DE-35',
  note: 'the-note-of-Zephyrine-7731-is-long',
  answer: 'an-answer-about-Zephyrine-7731-too',
  reply: 'a-reply-that-Zephyrine-7731-sent',
  reason: 'because-Zephyrine-7731-called-us',
};
const SECOND: Marked = {
  legalName: 'Wilhelmina Ostrander-4418 Lda',
  person: 'Wilhelmina Fastnacht-4418',
  mail: 'wilhelmina.o4418@canary-two.example.com',
  taxId: '529.982.247-25',
  note: 'the-note-of-Wilhelmina-4418-is-long',
  answer: 'an-answer-about-Wilhelmina-4418-too',
  reply: 'a-reply-that-Wilhelmina-4418-sent',
  reason: 'because-Wilhelmina-4418-called-us',
};

const CARE = `key: care
title: { en: Care, pt-BR: Atenção }
description: { en: Writes and asks., pt-BR: Escreve e pergunta. }
owner: csm
roles: { csm: { en: Customer success, pt-BR: Sucesso do cliente } }
variables:
  customerId: { type: string, class: I, required: true, title: { en: Customer, pt-BR: Cliente } }
  recipient: { type: context, class: C, required: true, title: { en: Whom, pt-BR: Quem } }
  note: { type: string, class: T, required: true, title: { en: Note, pt-BR: Nota } }
  data: { type: context, class: T, required: true, title: { en: Mail, pt-BR: E-mail } }
  url: { type: string, class: T, required: true, title: { en: Address, pt-BR: Endereço } }
internal:
  answer: { type: string, class: T, title: { en: Answer, pt-BR: Resposta } }
  reply: { type: string, class: T, title: { en: Reply, pt-BR: Retorno } }
mails:
  hello: { class: transactional, title: { en: Hello, pt-BR: Olá }, sample: { publicUrl: "https://x.example", name: A, note: b } }
outcomes: {}
retention: { instances: P1Y, reason: { en: R, pt-BR: R } }
`;

const care = model(
  'care',
  [
    startEvent('start'),
    serviceTask('write', 'notify', { 'jornada:mail': 'hello' }, 3),
    userTask('ask'),
    messageCatch('replied', 'care-replied', 'customerId'),
    // An address of a scheme that nothing may be asked by: an incident, with the address among its variables.
    serviceTask('call', 'http-request'),
    endEvent('end'),
  ],
  'start > write > ask > replied > call > end',
);

let commands: CommandLine;
let engine: ChildProcess;

beforeAll(async () => {
  commands = openCommandLine();
  const folder = join(commands.root, 'definitions', 'care');
  mkdirSync(join(folder, 'mail'), { recursive: true });
  writeFileSync(join(folder, 'process.yaml'), CARE);
  writeFileSync(join(folder, 'process.bpmn'), care);
  for (const locale of ['en', 'pt-BR']) {
    const text = '---\nsubject: Hello {{ name }}\n---\nAbout {{ note }}.\n';
    writeFileSync(join(folder, 'mail', `hello.${locale}.liquid`), text);
  }
  for (const key of ['data-deletion', 'data-export', 'legal-hold']) {
    cpSync(join('definitions', key), join(commands.root, 'definitions', key), { recursive: true });
  }
  engine = await commands.start();
});
afterAll(() => commands.discard());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A command that has to succeed, with what it says as JSON. */
const ask = async (...args: string[]): Promise<never> => {
  const { code, json } = await commands.ask(...args);
  if (code !== 0) throw new Error(`${args.join(' ')} ends with ${code}: ${JSON.stringify(json)}`);
  return json;
};

const until = async <T>(look: () => Promise<T | null>, what: string): Promise<T> => {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what}: ${await standing()}`);
    await pause(500);
  }
};

/** Instances and incidents, for the message of a test that fails. */
const standing = async (): Promise<string> =>
  JSON.stringify([
    await ask('search', 'pi'),
    await ask('search', 'inc'),
    await ask('search', 'ut'),
  ]);

interface Rows {
  readonly items: readonly Readonly<Record<string, string>>[];
}

const taskOf = (instanceId: string, elementId: string): Promise<string> =>
  until(async () => {
    const { items } = (await ask('search', 'ut', '--instance', instanceId)) as Rows;
    const found = items.find((one) => one.elementId === elementId);
    return found ? `${instanceId}/${found.taskId}` : null;
  }, `no task ${elementId}`);

const complete = async (
  instanceId: string,
  elementId: string,
  actor: string,
  variables: object,
): Promise<void> => {
  const task = await taskOf(instanceId, elementId);
  const values = ['--variables', JSON.stringify(variables), '--actor', actor];
  await ask('complete', 'ut', task, ...values);
};

const stateOf = async (instanceId: string): Promise<string> => {
  const { instance } = (await ask('get', 'pi', instanceId)) as { instance: { state: string } };
  return instance.state;
};

const importBoth = async (): Promise<readonly [string, string]> => {
  const cell = (of: Marked, column: string): string =>
    ({
      ...{ legal_name: of.legalName, tax_id: of.taxId, country: 'BR', plan: 'team' },
      ...{ mrr_minor: '9900', currency: 'BRL', contact_name: of.person, contact_email: of.mail },
      ...{ locale: 'en', tz: 'America/Sao_Paulo', since: '2024-02-29' },
    })[column] ?? '';
  const lines = [FIRST, SECOND].map((of) => COLUMNS.map((one) => `"${cell(of, one)}"`).join(','));
  // Outside the data folder: whoever imports a file sees to it.
  writeFileSync(join(commands.root, 'two.csv'), [COLUMNS.join(','), ...lines].join('\n'));
  await ask('import', 'customers', 'two.csv');
  const ids = await Promise.all(
    [FIRST, SECOND].map(async ({ mail }) => {
      const { items } = (await ask('search', 'customers', '--mail', mail)) as Rows;
      return items[0]?.customerId ?? '';
    }),
  );
  return [ids[0] ?? '', ids[1] ?? ''];
};

/** Instances of a customer: one that is ended, one that waits for a person, one that has an incident, one more that waits. */
const liveOf = async (customerId: string, of: Marked): Promise<readonly string[]> => {
  const variables = {
    ...{ customerId, note: of.note, data: { note: of.note }, url: `gopher://${of.mail}` },
    recipient: { name: of.person, mail: of.mail },
  };
  const instances: string[] = [];
  for (const _ of [1, 2, 3, 4]) {
    const given = ['--variables', JSON.stringify(variables), '--reason', of.reason];
    const { instanceId } = (await ask('run', 'care', ...given)) as { instanceId: string };
    instances.push(instanceId);
  }
  const [ended = '', , failing = ''] = instances;
  await complete(ended, 'ask', 'cory', { answer: of.answer });
  await ask('cancel', 'pi', ended, '--yes', '--reason', of.reason);
  await complete(failing, 'ask', 'cory', { answer: of.answer });
  const message = { customerId, reply: of.reply };
  await ask(
    'publish',
    'msg',
    'care-replied',
    '--key',
    customerId,
    '--variables',
    JSON.stringify(message),
  );
  await until(async () => {
    const { items } = (await ask('search', 'inc', '--instance', failing)) as Rows;
    return items[0] ?? null;
  }, 'no incident');
  const folder = join(commands.data, 'exports', await exportOf(customerId, of));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'contacts.jsonl'), JSON.stringify(of));
  return instances;
};

/** An export that a customer asked for; its process waits for somebody who makes sure of that. */
const exportOf = async (customerId: string, of: Marked): Promise<string> => {
  const asked = { customerId, requestId: 'X-1', requester: of.note, basis: 'switching' };
  await ask('run', 'data-export', '--variables', JSON.stringify(asked));
  return until(async () => {
    const { items } = (await ask('search', 'exports', '--customer', customerId)) as Rows;
    return items[0]?.exportId ?? null;
  }, 'no export');
};

/** Every file of the data folder. */
const files = (folder = commands.data): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());

/** Where something of a customer is found, without the file names' own folder. */
const sightings = (of: Marked): readonly string[] =>
  files().flatMap((path) =>
    findCanaries(path, Object.values(of)).map(
      ({ file, canary, form }) => `${file.slice(commands.data.length + 1)}: ${canary} as ${form}`,
    ),
  );

/** Whoever reads histories beside the engine. */
const beside = async () => {
  const keyProvider = await openLocalKeyring({
    folder: join(commands.data, 'keys'),
    masterKey: null,
  });
  const converter = createDataConverter({ keyProvider });
  const place = { address: commands.temporalAddress(), namespace: 'default' };
  return { converter, ...(await openConnections(place, converter)) };
};

/** Ends an instance as `temporal workflow terminate` does: its journal hears nothing of it. */
const terminate = async (instanceId: string): Promise<void> => {
  const { client, close } = await beside();
  try {
    await client.workflow.getHandle(await workflowOf(client, instanceId)).terminate();
  } finally {
    await close();
  }
};

/** What opening the first payload of a history comes to: `open`, or the code of the refusal. */
const historyOf = async (instanceId: string): Promise<string> => {
  const { converter, client, close } = await beside();
  try {
    const workflowId = await workflowOf(client, instanceId);
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    const payloads = (started?.input?.payloads ?? []) as Payload[];
    expect(payloads.length).toBeGreaterThan(0);
    const context = { type: 'workflow', namespace: 'default', workflowId } as const;
    await converter.payloadCodecs?.[0]?.decode(payloads, context);
    return 'open';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await close();
  }
};

/** The workflow of an instance, whatever key it runs under. */
const workflowOf = async (
  client: Awaited<ReturnType<typeof openConnections>>['client'],
  instanceId: string,
): Promise<string> => {
  for await (const { workflowId } of client.workflow.list()) {
    if (workflowId.endsWith(instanceId)) return workflowId;
  }
  throw new Error(`Temporal does not know instance ${instanceId}`);
};

test('after its deletion nothing of a customer is found, and another is as before', {
  // Some sixty commands, each a process of its own.
  timeout: 900_000,
}, async () => {
  const [first, second] = await importBoth();
  const ofFirst = await liveOf(first, FIRST);
  const ofSecond = await liveOf(second, SECOND);
  // The eye sees: what stands in the open before is mails and files of exports, and nothing else.
  const places = new Set(sightings(FIRST).map((one) => one.split('/')[0]));
  expect([...places].sort()).toEqual(['exports', 'mail']);
  expect(await historyOf(ofFirst[1] ?? '')).toBe('open');
  const terminated = ofFirst[3] ?? '';
  await taskOf(terminated, 'ask');
  await terminate(terminated);
  expect(await stateOf(terminated)).toBe('ACTIVE');

  const requestId = 'a-request-of-the-customer';
  const request = {
    customerId: first,
    requestId,
    basis: 'contract_end',
    // Whoever starts it is who asked, whatever was given.
    requestedBy: 'nobody',
    pace: 'demo',
  };
  const given = ['--variables', JSON.stringify(request), '--actor', 'ria'];
  const { instanceId } = (await ask('run', 'data-deletion', ...given)) as { instanceId: string };
  await complete(instanceId, 'approve-plan', 'pia', { decision: 'approve' });
  const task = await taskOf(instanceId, 'approve-again');
  const refused = await commands.ask(
    ...['complete', 'ut', task, '--actor', 'ria', '--variables', '{"decision":"approve"}'],
  );
  expect(refused).toMatchObject({ json: { error: { code: 'TASK_FOUR_EYES' } } });
  await complete(instanceId, 'approve-again', 'sam', { decision: 'approve' });
  for (const id of ['mailer', 'analytics']) {
    await ask('publish', 'msg', 'subprocessor.confirmed', '--key', `${requestId}:${id}`);
  }
  await complete(instanceId, 'sign', 'sue', { decision: 'sign' });
  await until(
    async () => ((await stateOf(instanceId)) === 'COMPLETED' ? true : null),
    'not certified',
  );

  expect(sightings(FIRST)).toEqual([]);
  for (const id of ofFirst) {
    expect(await historyOf(id)).toBe('KEY_SHREDDED');
    expect(['CANCELLED', 'FAILED', 'COMPLETED']).toContain(await stateOf(id));
  }
  expect(await stateOf(terminated)).toBe('CANCELLED');
  const gone = (await ask('get', 'customer', first)) as { customer: object; contacts: object[] };
  expect(gone).toMatchObject({ customer: { isErased: true, state: 'gone' }, contacts: [] });
  const again = await commands.ask(
    ...['run', 'care', '--variables'],
    JSON.stringify({ customerId: first, recipient: {}, note: '', data: {}, url: '' }),
  );
  expect(again).toMatchObject({ json: { error: { code: 'CUSTOMER_ERASED' } } });

  const kept = (await ask('get', 'customer', second)) as { contacts: object[] };
  expect(kept).toMatchObject({
    customer: { legalName: SECOND.legalName, isErased: false },
    contacts: [{ name: SECOND.person, mail: SECOND.mail }],
  });
  for (const id of ofSecond) expect(await historyOf(id)).toBe('open');
  expect(sightings(SECOND).some((one) => one.startsWith('mail'))).toBe(true);
  expect(sightings(SECOND).some((one) => one.startsWith('exports'))).toBe(true);
  const waiting = ofSecond[1] ?? '';
  await complete(waiting, 'ask', 'cory', { answer: SECOND.answer });

  const verified = (await ask('audit', 'verify')) as { checked: { certificates: number } };
  expect(verified.checked.certificates).toBe(1);
  const { items: certificates } = (await ask(
    'search',
    'certificates',
    '--customer',
    first,
  )) as Rows;
  expect(certificates).toHaveLength(1);
  const key = certificates[0]?.certificateId ?? '';
  expect(await ask('get', 'certificates', key)).toMatchObject({
    ...{ isSound: true, certificate: { customerId: first, verifier: 'sue' } },
  });
  const exported = join(commands.root, 'exported');
  await ask('audit', 'export', exported);
  const offline = await commands.ask('audit', 'verify', exported);
  expect(offline).toMatchObject({ code: 0, json: { checked: { certificates: 1 } } });
  const ended = once(engine, 'close');
  engine.kill('SIGTERM');
  await ended;
  expect(sightings(FIRST)).toEqual([]);
});
