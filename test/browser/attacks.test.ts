/** X07: what a stranger writes in a mail, and a designer in a model, is text on every page that shows it. Nothing of it runs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type TestBrowser, type Watched } from '../support/browser/browser.js';
import { openWholeApp, signIn, type WholeApp } from '../support/browser/whole-app.js';

let app: WholeApp;
let browser: TestBrowser;
beforeAll(async () => {
  [app, browser] = await Promise.all([openWholeApp(['support-ticket']), openBrowser()]);
  await app.person('cory', 'csm', 'designer', 'admin');
});
afterAll(async () => {
  await Promise.all([app?.close(), browser?.close()]);
});

/** Each would say so if it ran, or if the page let itself be led to it. */
const SCRIPTS = [
  '<script>window.hacked="script"</script>',
  '<img src="http://elsewhere.example/a.png" onerror="window.hacked=\'image\'">',
  '<svg onload="window.hacked=\'svg\'"><a xlink:href="javascript:window.hacked=1">x</a></svg>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<a href="javascript:window.hacked=\'link\'" id="led">x</a> [y](javascript:window.hacked=2)',
  '![z](http://elsewhere.example/b.png) if 1 < 2 && 3 > 2',
  '<style>body{background:url(http://elsewhere.example/)}</style>',
  '{{7*7}} <form action="http://elsewhere.example/"><input name="password"></form>',
].join('\n');

const escaped = SCRIPTS.replace(/&/g, '&amp;')
  .replace(/</g, '&lt;')
  .replace(/"/g, '&quot;')
  .replace(/\n/g, '&#10;');

const HOSTILE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <process id="hostile" name="${escaped}" isExecutable="true">
    <documentation>${escaped}</documentation>
    <startEvent id="begun" name="${escaped}"><outgoing>on</outgoing></startEvent>
    <sequenceFlow id="on" name="${escaped}" sourceRef="begun" targetRef="look"/>
    <userTask id="look" name="${escaped}">
      <documentation>${escaped}</documentation>
      <extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="csm"/></extensionElements>
      <incoming>on</incoming><outgoing>off</outgoing>
    </userTask>
    <sequenceFlow id="off" sourceRef="look" targetRef="done"/>
    <endEvent id="done"><incoming>off</incoming></endEvent>
    <textAnnotation id="note"><text>${escaped}</text></textAnnotation>
  </process>
  <bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="pl" bpmnElement="hostile">
    <bpmndi:BPMNShape id="s1" bpmnElement="begun"><dc:Bounds x="100" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="look"><dc:Bounds x="200" y="80" width="300" height="160"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3" bpmnElement="note"><dc:Bounds x="200" y="300" width="300" height="160"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s4" bpmnElement="done"><dc:Bounds x="600" y="100" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e2" bpmnElement="off"><di:waypoint x="500" y="118"/><di:waypoint x="600" y="118"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e1" bpmnElement="on"><di:waypoint x="136" y="118"/><di:waypoint x="200" y="118"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>`;

/** Nothing ran, nothing was asked for elsewhere, the policy had nothing to refuse, and no link leads to a script. */
async function expectInert({ page, troubles }: Watched): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => (window as { hacked?: unknown }).hacked)).toBeUndefined();
  expect(
    await page.locator('[href^="javascript:" i], iframe[srcdoc], #led, .fjs-container img').count(),
  ).toBe(0);
  expect(troubles).toEqual([]);
}

/** It is there to be read, as it was written. */
const isShown = (page: Page) => page.getByText('window.hacked="script"').first().waitFor();

test('a mail of a stranger', async () => {
  const variables = {
    ...{ messageId: 'm-1', channel: 'mail', subject: SCRIPTS, body: SCRIPTS },
    from: { name: SCRIPTS.slice(0, 120), mail: 'ana@aurora.example' },
  };
  const { status } = await app.as('cory', 'POST', '/v2/messages/publication', {
    ...{ name: 'ticket.received', correlationKey: 'm-1', timeToLive: 3_600_000, variables },
  });
  expect(status).toBe(200);
  const watched = await browser.open(`${app.url}/inbox?view=all`);
  const { page } = watched;
  await signIn(page, 'cory');
  await page.locator('.inbox-row a').first().click();
  await page.locator('.fjs-container .fjs-powered-by').first().waitFor();
  await isShown(page);
  await expectInert(watched);
  await page.goto(`${app.url}/instances`);
  await page.locator('tbody a').first().click();
  await page.locator('.djs-container').first().waitFor();
  await expectInert(watched);
});

test('a model of a designer', async () => {
  writeFileSync(join(app.line.root, 'hostile.bpmn'), HOSTILE);
  const { code, json } = await app.line.ask('deploy', 'hostile.bpmn');
  expect(code, JSON.stringify(json)).toBe(0);
  const started = await app.as('cory', 'POST', '/v2/process-instances', {
    ...{ processDefinitionId: 'hostile', variables: { '<b>name</b>': SCRIPTS } },
  });
  expect(started.status).toBe(200);
  const { processInstanceKey } = started.body as { readonly processInstanceKey: string };

  const watched = await browser.open(`${app.url}/instances/${processInstanceKey}`);
  const { page } = watched;
  await signIn(page, 'cory');
  await page.locator('.djs-container').first().waitFor();
  await page.screenshot({ path: '/tmp/hostile-instance.png', fullPage: true });
  await isShown(page);
  await expectInert(watched);
  await page.goto(`${app.url}/inbox?view=all`);
  await page.locator('.inbox-row a').first().waitFor();
  await expectInert(watched);
  await page.locator('.inbox-row a', { hasText: 'window.hacked' }).first().click();
  await page.waitForURL('**/tasks/*');
  await expectInert(watched);
  await page.goto(`${app.url}/designer/hostile`);
  await page.getByLabel('What it is about').fill(SCRIPTS.slice(0, 80));
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await page.waitForURL(/draft=/);
  await page.locator('.djs-container').first().waitFor();
  await expectInert(watched);
});
