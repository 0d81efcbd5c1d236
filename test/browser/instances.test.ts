/** Operating instances in a real browser: the list, one instance on its diagram, acts with a look before, and batches. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectSound,
  openBrowser,
  picture,
  type TestBrowser,
  type Watched,
} from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';
import { withDiagram } from '../support/diagram.js';
import {
  endEvent,
  after as lasting,
  model,
  type Part,
  scriptTask,
  startEvent,
  timerBoundary,
  userTask,
} from '../support/durable-model.js';

let app: WholeApp;
let browser: TestBrowser;
const keys: string[] = [];

const VISIT = withDiagram(
  model(
    'visit',
    [startEvent('start'), userTask('check'), userTask('repair'), endEvent('end')],
    'start > check > repair > end',
  ),
  ['start', 'check', 'repair', 'end'],
);
const SUMS = withDiagram(
  model(
    'sums',
    [startEvent('start'), scriptTask('sum', 'price * 2', 'total'), endEvent('end')],
    'start > sum > end',
  ),
  ['start', 'sum', 'end'],
);

beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(), openBrowser()]);
  await app.person('ada', 'admin', 'csm', 'designer');
  await app.person('rui', 'auditor');
  await app.person('dina', 'designer');
  // The sixth session of a person ends the first: what is asked without a page is asked by somebody else.
  await app.person('otto', 'admin', 'csm', 'designer');
  await deploy('visit', VISIT);
  await deploy('sums', SUMS);
  for (const businessId of ['v-1', 'v-2', 'v-3']) keys.push(await start('visit', { businessId }));
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** Deploys by a form, as programs do. */
async function deploy(name: string, xml: string): Promise<void> {
  const { json } = await app.line.ask(
    'token',
    'create',
    'otto',
    '--name',
    `t-${Date.now()}`,
    '--scope',
    'designer',
  );
  const { secret } = json as { readonly secret: string };
  const form = new FormData();
  form.append('resources', new File([xml], `${name}.bpmn`, { type: 'application/xml' }));
  const answer = await fetch(`${app.url}/v2/deployments`, {
    ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${secret}` } },
  });
  if (!answer.ok) throw new Error(await answer.text());
}

const SECRET = { variables: { plan: 'canary' } };

async function start(processDefinitionId: string, more: object = {}): Promise<string> {
  const { body } = await app.as('otto', 'POST', '/v2/process-instances', {
    processDefinitionId,
    ...more,
  });
  return (body as { readonly processInstanceKey: string }).processInstanceKey;
}

const open = async (path: string, looks = {}, who = 'ada'): Promise<Watched> => {
  const watched = await browser.open(`${app.url}${path}`, looks);
  watched.page.setDefaultTimeout(12_000);
  await signIn(watched.page, who);
  return watched;
};

/** The mark of the makers is whole: at its corners and in its middle nothing lies over it. */
async function expectMark({ page }: Watched): Promise<void> {
  await page.locator('.bjs-powered-by').waitFor();
  const isFree = await page.locator('.bjs-powered-by').evaluate((mark) => {
    mark.scrollIntoView({ block: 'center' });
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    const points = [
      [left + 2, top + 2],
      [right - 2, top + 2],
      [left + 2, bottom - 2],
      [right - 2, bottom - 2],
      [(left + right) / 2, (top + bottom) / 2],
    ] as const;
    return points.every(([x, y]) => mark.contains(document.elementFromPoint(x, y)));
  });
  expect(isFree, 'something lies over the mark of bpmn.io').toBe(true);
  await page.evaluate(() => window.scrollTo(0, 0));
}

const LOOKS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'pt-BR', scheme: 'dark', width: 400 },
] as const;

describe.each(LOOKS)('$locale, $scheme, $width wide', (looks) => {
  const name = `${looks.locale}-${looks.scheme}-${looks.width}`;

  test('lists instances, with where they are on the diagram', async () => {
    const watched = await open('/instances?process=visit', looks);
    const { page } = watched;
    await page.getByRole('link', { name: /v-1/ }).waitFor();
    await page.locator('.app-badge-active').first().waitFor();
    await expectMark(watched);
    await picture(page, `instances-${name}`);
    await expectSound(watched);
  });

  test('shows an instance on its diagram and as a list', async () => {
    const watched = await open(`/instances/${keys[0]}`, looks);
    const { page } = watched;
    await page.locator('.app-badge-active').waitFor();
    await expectMark(watched);
    await page.locator('.app-outline button', { hasText: 'check' }).click();
    await page.locator('.app-chain li').first().waitFor();
    await picture(page, `instance-${name}`);
    await expectSound(watched);
  });
});

test('a suspended instance says who had it stand still and why, and long names fit a narrow page', async () => {
  const businessId = 'order-2026-11-28-0123456789abcdef0123456789abcdef0123456789abcdef';
  const key = await start('visit', {
    ...{ businessId, variables: { note: 'w'.repeat(200) } },
  });
  const { status } = await app.as('otto', 'POST', `/api/v1/instances/${key}/acts`, {
    ...{ act: { kind: 'suspend' }, reason: 'the customer asked to wait' },
  });
  expect(status).toBe(200);
  const watched = await open(`/instances/${key}`, { width: 400, scheme: 'dark' });
  const { page } = watched;
  await page.getByText(/Suspended by otto .*: .*the customer asked to wait/).waitFor();
  await picture(page, 'instance-suspended');
  await expectSound(watched);
  await page.getByRole('tab', { name: 'Variables' }).click();
  await page.getByText(/w{200}/).waitFor();
  await expectSound(watched);
  const { body } = await app.as('otto', 'POST', `/api/v1/instances/${key}/acts`, {
    ...{ act: { kind: 'cancel' }, reason: 'seen' },
  });
  expect(body).toBeDefined();
});

test('a step of the outline is reached and chosen by keys', async () => {
  const { page } = await open(`/instances/${keys[0]}`);
  const first = page.locator('.app-outline button').first();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'check' }).waitFor();
  await page.getByText('Why is it here?').waitFor();
  expect(await page.locator('.app-outline button[aria-current=true]').innerText()).toContain(
    'check',
  );
});

test('a token is moved after a look at what that does, with a reason; the page follows', async () => {
  const watched = await open(`/instances/${keys[1]}`);
  const { page } = watched;
  await page.getByRole('button', { name: 'Move a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'To' }).click();
  await page.getByRole('option', { name: /repair/ }).click();
  await dialog.getByRole('button', { name: 'See what happens' }).click();
  await dialog.getByText('Then it waits at: repair').waitFor();
  await picture(page, 'instance-move');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the check was made by phone');
  await dialog.getByRole('button', { name: 'Move a token' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/the check was made by phone/).waitFor();
  await page.getByText('repair', { exact: false }).first().waitFor();
  await expectSound(watched);
});

const IN_NINE_HOURS = lasting('PT9H');

describe('another version', () => {
  const FIRST = [userTask('check'), timerBoundary('late', 'check', IN_NINE_HOURS, false)];
  const SECOND = [userTask('look'), timerBoundary('overdue', 'look', IN_NINE_HOURS, false)];
  const moving = (parts: readonly Part[], flow: string, order: readonly string[]): string =>
    withDiagram(
      model(
        'moving',
        [startEvent('start'), ...parts, scriptTask('sum', '1', 'one'), endEvent('end')],
        `start > ${flow} > sum > end, ${order[2]} > end`,
      ),
      ['start', ...order.slice(1), 'sum', 'end'],
    );
  let key: string;
  let stays: string;

  beforeAll(async () => {
    await deploy('moving', moving(FIRST, 'check', ['', 'check', 'late']));
    key = await start('moving', { businessId: 'm-1' });
    stays = await start('moving', { businessId: 'm-2' });
    await deploy('moving', moving(SECOND, 'look', ['', 'look', 'overdue']));
  });

  test('a batch says why it moves none, with whom it concerns in a fold', async () => {
    const watched = await open('/instances');
    const { page } = watched;
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Active' }).click();
    await page.getByRole('button', { name: 'Act on all that fit' }).click();
    await page.getByText('Only instances of one process can be migrated').waitFor();
    await page.goto(`${app.url}/instances?process=moving&version=1`);
    await page.getByRole('link', { name: /m-2/ }).waitFor();
    await page.getByRole('button', { name: 'Act on all that fit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Retry incidents' }).click();
    await dialog.getByRole('button', { name: 'Try it out' }).click();
    await dialog.getByText('None of them has an open incident').waitFor();
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Migrate' }).click();
    await dialog.getByRole('combobox', { name: 'Version' }).click();
    await page.getByRole('option', { name: '2' }).click();
    await dialog.getByRole('button', { name: 'Try it out' }).click();
    await dialog.getByText('Of 2: 0 can, 0 are so already, 2 cannot.').waitFor();
    await dialog.getByText('Nothing would change.').waitFor();
    await dialog.getByRole('button', { name: '2 × cannot MIGRATION_ELEMENT_MISSING' }).click();
    await dialog.getByRole('link', { name: 'm-2' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Begin with 2' }).isDisabled()).toBe(true);
    await picture(page, 'instances-batch-refused');
    await expectSound(watched);
  });

  test.each(LOOKS)('where everything goes is chosen ($locale, $width wide)', async (looks) => {
    const isPtBr = looks.locale === 'pt-BR';
    const watched = await open(`/instances/${isPtBr ? stays : key}`, {
      ...{ ...looks, height: 1500 },
    });
    const { page } = watched;
    await page.getByRole('button', { name: isPtBr ? 'Migrar' : 'Migrate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/MIGRATION_ELEMENT_MISSING/).waitFor();
    const go = dialog.getByRole('button', { name: isPtBr ? 'Migrar' : 'Migrate' });
    expect(await go.isDisabled()).toBe(true);
    await picture(page, `instance-migrate-stuck-${looks.locale}-${looks.scheme}-${looks.width}`);
    await dialog.locator('.djs-element[data-element-id=look]').click();
    await dialog.getByRole('combobox', { name: /late/ }).click();
    await page.getByRole('option', { name: 'overdue' }).click();
    await dialog.getByText(isPtBr ? 'check continua como look' : 'check goes on as look').waitFor();
    await expectSound(watched);
    await picture(page, `instance-migrate-${looks.locale}-${looks.scheme}-${looks.width}`);
    if (isPtBr) return;
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('the check is a look now');
    await go.click();
    await page.getByText('The instance runs version 2 now.').waitFor();
    await page.getByText('version 2 (latest)').waitFor();
    await page.getByText(/the check is a look now/).waitFor();
  });
});

test('a retry tells its result, and never before there is one', async () => {
  const key = await start('sums');
  const { page } = await open(`/instances/${key}`);
  await page.getByRole('tab', { name: 'Incidents (1)' }).waitFor();
  await picture(page, 'instance-incident');
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('Tried again, and it failed again.').waitFor();
  await app.as('otto', 'PUT', `/v2/element-instances/${key}/variables`, {
    variables: { price: 2 },
  });
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('Resolved: the instance goes on.').waitFor();
  await page.getByText('Completed', { exact: true }).first().waitFor();
});

test('all that fit are cancelled: tried out, begun with a reason, followed to the end', async () => {
  const watched = await open('/instances?process=visit');
  const { page } = watched;
  await page.getByRole('link', { name: /v-3/ }).waitFor();
  await page.getByRole('button', { name: 'Act on all that fit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Try it out' }).click();
  await dialog.getByText('3 are meant.').waitFor();
  await picture(page, 'instances-batch');
  await expectSound(watched);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the round was called off');
  await dialog.getByRole('button', { name: 'Begin with 3' }).click();
  await page.waitForURL('**/batches');
  await page.getByText('3 of 3').first().waitFor();
  await page.getByText('Completed', { exact: true }).waitFor();
  await picture(page, 'batches');
  await expectSound(watched);
});

test('a designer sees variables by their names, and why not what is in them', async () => {
  const watched = await open(`/instances/${await start('visit', SECRET)}`, {}, 'dina');
  const { page } = watched;
  await page.getByText('Values are masked: as a designer').waitFor();
  await page.getByRole('tab', { name: 'Variables' }).click();
  await page.getByText('⟨masked⟩').waitFor();
  expect(await page.getByText('canary').count()).toBe(0);
  await picture(page, 'instance-masked');
  await expectSound(watched);
});

test('an auditor says once on the page why they look, and sees values from then on', async () => {
  const looks = { width: 400, scheme: 'dark' } as const;
  const watched = await open(`/instances/${await start('visit', SECRET)}`, looks, 'rui');
  const { page } = watched;
  await page.getByRole('tab', { name: 'Variables' }).click();
  await page.getByText('They are shown once you say why you look.').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, 'instance-reason');
  await page.getByRole('textbox', { name: 'Why you look' }).fill('review 17');
  await page.keyboard.press('Enter');
  await page.getByText('canary').waitFor();
  await page.getByText('Values are shown for: review 17.').waitFor();
  await page.getByRole('button', { name: 'Mask again' }).click();
  await page.getByRole('textbox', { name: 'Why you look' }).waitFor();
  expect(await page.getByText('canary').count()).toBe(0);
  await expectSound(watched);
});

test('an auditor sees all of it and may do nothing', async () => {
  const watched = await open(`/instances/${await start('visit')}`, {}, 'rui');
  const { page } = watched;
  await page.getByText('What happened').waitFor();
  await page.getByText('Active', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
  await page.goto(`${app.url}/batches`);
  await page.getByText('3 of 3').first().waitFor();
  expect(await page.getByRole('button', { name: 'Suspend' }).count()).toBe(0);
});
