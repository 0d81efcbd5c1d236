/** Connectors in a real browser: an admin sees what failed on a system and where, and tests connections. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSound, openBrowser, picture, type TestBrowser } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { endEvent, model, serviceTask, startEvent } from '../support/durable-model.js';
import {
  READ_TOKEN,
  type ScimServerForTests,
  startScimServer,
  WRITE_TOKEN,
} from '../support/scim-server.js';

let app: WholeApp;
let browser: TestBrowser;
let scim: ScimServerForTests;

/** Takes orders but those that it does not like. */
const crm = createServer((request, response) => {
  response.statusCode = request.url === '/refuse' ? 422 : 200;
  response.end('{}');
});
const CALLS = model(
  'crm-calls',
  [startEvent('s'), serviceTask('Task_Call', 'http-request'), endEvent('e')],
  's > Task_Call > e',
);

const systemsFile = (port: string): string => `systems:
  - id: directory
    title: Company directory
    kind: scim
    baseUrl: http://127.0.0.1:${port}/scim/v2
    isPlainHttpFine: true
    read: { tokenEnv: DIRECTORY_READ }
    write: { tokenEnv: DIRECTORY_WRITE }
  - { id: doors, title: Badges of the building, kind: by-hand, access: physical }
`;

beforeAll(async () => {
  scim = await startScimServer();
  await new Promise<void>((done) => crm.listen(0, '127.0.0.1', () => done()));
  const host = `127.0.0.1:${(crm.address() as AddressInfo).port}`;
  const prepare = async (_url: string, data: string): Promise<void> => {
    const folder = join(dirname(data), 'definitions', 'crm-calls');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'process.bpmn'), CALLS);
    const [, port = ''] = scim.host.split(':');
    writeFileSync(join(dirname(data), 'systems.yaml'), systemsFile(port));
  };
  const environment = {
    ...{ JORNADA_HTTP_ALLOW: host, JORNADA_SYSTEMS: 'systems.yaml' },
    ...{ DIRECTORY_READ: READ_TOKEN, DIRECTORY_WRITE: WRITE_TOKEN },
  };
  [app, browser] = await Promise.all([openWholeApp([], prepare, environment), openBrowser()]);
  await app.person('ada', 'admin', 'csm');
  await app.person('rui', 'auditor');
  for (const [businessId, path] of [
    ['order-1', 'take'],
    ['order-2', 'refuse'],
  ] as const) {
    const variables = { url: `http://${host}/${path}`, method: 'POST' };
    const body = { processDefinitionId: 'crm-calls', businessId, variables };
    expect((await app.as('ada', 'POST', '/v2/process-instances', body)).status).toBe(200);
  }
});
afterAll(async () => {
  crm.close();
  await Promise.all([app?.close(), browser?.close(), scim?.close()]);
});

test('an admin sees what failed and where, and tests a connection', async () => {
  const tally = async () => {
    const { body } = await app.as('ada', 'GET', '/api/v1/connectors');
    const { items } = body as { readonly items: readonly { kind: string; effects: object }[] };
    return items.at(-1)?.effects;
  };
  await expect.poll(tally, { timeout: 60_000 }).toMatchObject({ done: 1, failed: 1 });
  const watched = await browser.open(`${app.url}/admin`);
  const { page } = watched;
  await signIn(page, 'ada');
  await page.getByRole('tab', { name: 'Connectors' }).click();
  const mail = page.getByRole('article', { name: 'Mail server' });
  await mail.getByText(/SMTP_URL is not set/).waitFor();
  await mail.getByRole('button', { name: 'Test the connection' }).click();
  await mail.getByText(/It answers: EHLO/).waitFor();
  const directory = page.getByRole('article', { name: 'Company directory' });
  await directory.getByRole('button', { name: 'Test the connection' }).click();
  await directory.getByText(/It answers: ServiceProviderConfig/).waitFor();
  expect(
    await page
      .getByRole('article', { name: /Badges/ })
      .getByRole('button')
      .count(),
  ).toBe(0);
  await picture(page, 'admin-connectors-en-light-1280');
  await expectSound(watched);

  await page.getByRole('button', { name: 'What failed or is unknown of http://127' }).click();
  await page.getByRole('dialog').getByText('HTTP_REFUSED').waitFor();
  await page.getByText('crm-calls · 1 open incident').waitFor();
  await picture(page, 'admin-connector-behind-en-light-1280');
  await expectSound(watched);
  await page.getByRole('link', { name: 'order-2' }).click();
  await page.getByRole('heading', { name: /order-2/ }).waitFor();

  scim.failAll({ status: 401 });
  await expect
    .poll(() => app.as('ada', 'POST', '/api/v1/connectors/scim:directory/tests', {}), {
      ...{ timeout: 20_000, interval: 1_000 },
    })
    .toMatchObject({ status: 200, body: { isWell: false, code: 'SCIM_UNAUTHORIZED' } });
  scim.failAll(null);
});

test('an auditor reads them, narrow and dark, in Portuguese, and tests nothing', async () => {
  const watched = await browser.open(`${app.url}/admin`, {
    ...{ locale: 'pt-BR', scheme: 'dark', width: 400 },
  });
  const { page } = watched;
  await signIn(page, 'rui');
  await page.getByRole('tab', { name: 'Conectores' }).click();
  await page.getByRole('article', { name: 'Servidor de e-mail' }).waitFor();
  expect(await page.getByRole('button', { name: /Testar/ }).count()).toBe(0);
  await picture(page, 'admin-connectors-pt-BR-dark-400');
  await expectSound(watched);
  const refused = await app.as('rui', 'POST', '/api/v1/connectors/mail/tests', {});
  expect(refused).toMatchObject({ status: 403, body: { code: 'READ_ONLY' } });
});
