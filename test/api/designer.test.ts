/** The way of a designer: a draft, what its change breaks and mends, a play to the breach, publication by a second person. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DraftFindings, Played, WholeDraft } from '../../contracts/designer.js';
import { createDesigner } from '../../designer/index.js';
import { createRegistry } from '../../registry/index.js';
import { readCompanions, readPackageFolder } from '../../worker/start/package-files.js';
import { openWorld, type World } from '../support/identities.js';

const KEY = 'support-ticket';
const SLA = 'decisions/sla_policy.dmn';
const ROWS = 'decisions/sla_policy.dmn.test.csv';
const NOBODY = '10.8.0.1';

let world: World;
let dana: Record<string, string>;
let dario: Record<string, string>;
beforeAll(async () => {
  world = await openWorld();
  const folder = `definitions/${KEY}`;
  const found = await readPackageFolder(folder);
  const deployment = { deployedAt: world.at(), mode: 'strict', alongside: [] } as const;
  const [made] = await createRegistry(world.store).deploy({ ...deployment, packages: [found] });
  expect(made?.findings).toEqual([]);
  await world.store.definitions.keepCompanions(made?.hash ?? '', await readCompanions(folder));
  dana = await world.session(await world.person(['designer'], { loginName: 'dana' }));
  dario = await world.session(await world.person(['designer'], { loginName: 'dario' }));
});
afterAll(() => world.close());

const ask = async (
  who: Record<string, string>,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  more: Record<string, string> = {},
) => {
  const headers = { ...who, ...more };
  const asked = { method, url: `/api/v1${url}`, headers, remoteAddress: NOBODY };
  const answer = await world.ask({ ...asked, ...(payload && { payload }) });
  const type = String(answer.headers['content-type'] ?? '');
  return { status: answer.statusCode, body: /json/.test(type) ? answer.json() : null, answer };
};

const begin = async (): Promise<WholeDraft> => {
  const { status, body } = await ask(dana, 'POST', '/drafts', { packageKey: KEY, title: 'Sooner' });
  expect(status).toBe(201);
  return body;
};
const save = (
  who: Record<string, string>,
  draftId: string,
  path: string,
  content: string,
  version: number,
) => {
  const condition = version === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` };
  return ask(who, 'PUT', `/drafts/${draftId}/file?path=${path}`, { content }, condition);
};
const fileOf = ({ files }: WholeDraft, path: string) => {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path}`);
  return file;
};
/** The first reply to a P3 of the policy `basic` in a quarter of the time: 960 minutes are 240. */
const sooner = (text: string): string => {
  const changed = text.replace(
    /("basic"<\/text>\s*<\/outputEntry>\s*<outputEntry[^>]*>\s*<text>"first_reply"<\/text>\s*<\/outputEntry>\s*<outputEntry[^>]*>\s*<text>"P3"<\/text>\s*<\/outputEntry>\s*<outputEntry[^>]*>\s*<text>)960/,
    '$1240',
  );
  expect(changed).not.toBe(text);
  return changed;
};
const findingsOf = async (draftId: string): Promise<DraftFindings> =>
  (await ask(dana, 'GET', `/drafts/${draftId}/findings`)).body;

/** What workers answer, as the scenarios of the package have it. */
const JOBS = {
  'contact.identify': {
    complete: {
      ...{ isKnown: true, problem: null, customerId: 'C-1', contactId: 'P-1', planId: 'starter' },
      contact: {
        ...{ name: 'Ana Prado', mail: 'ana@aurora.example', locale: 'pt-BR', contactId: 'P-1' },
      },
      ...{ candidates: [], training: { trained: false, colleague: false, graceUsed: 1 } },
    },
  },
  'ticket.open': { complete: { ticketId: '0190e9c5-7a2f-7cc3-b4f1-c3d1a8a6f001' } },
  'ticket.record': { feel: '={recordedUpTo: max(entries.event.no)}' },
  'ticket.assign': { complete: { assigneeId: 'rui' } },
  notify: { complete: { sentAt: '2026-03-02T12:00:00.000Z' } },
};
const STARTED = {
  start: {
    ...{ message: 'ticket.received', key: 'm-1' },
    variables: {
      ...{ messageId: 'm-1', channel: 'mail', subject: 'Report', body: 'Error on saving' },
      from: { name: 'Ana', mail: 'ana@aurora.example' },
    },
  },
};
const TRIAGED = {
  complete: {
    ...{ task: 'triage', actor: 'eva' },
    variables: {
      ...{ decision: 'ticket', ticketType: 'problem', component: 'product' },
      ...{ impact: 'one user', urgency: 'hampered' },
    },
  },
};
const scriptUntil = (until: string) => ({
  ...{ now: '2026-03-02T09:00:00-03:00', jobs: JOBS },
  acts: [STARTED, TRIAGED, { until }],
});
const play = async (draftId: string, script: object): Promise<Played> => {
  const { status, body } = await ask(dana, 'POST', '/plays', { draftId, script });
  expect(status).toBe(200);
  return body;
};

test('packages are folders: what is deployed, with tests and pages beside it', async () => {
  const { body } = await ask(dana, 'GET', '/packages?limit=10');
  expect(body.items).toMatchObject([
    { key: KEY, title: { en: 'Support ticket' }, processes: {}, versions: 1, drafts: 0 },
  ]);
  const { body: found } = await ask(dana, 'GET', `/packages/${KEY}`);
  const [{ hash, processes }] = found.versions;
  expect(processes).toEqual([{ processId: KEY, version: 1 }]);
  // Nobody published a draft of it: it was deployed.
  expect(found.versions).toMatchObject([{ publishedBy: null, about: null }]);
  expect(found.purpose.en).toMatch(/^Questions, problems and complaints/);
  expect(found.owner).toEqual({ en: 'Lead of support', 'pt-BR': 'Liderança do suporte' });
  const files = Object.fromEntries(found.files.map((one: { path: string }) => [one.path, one]));
  expect(files['process.bpmn']).toMatchObject({ kind: 'model', title: { en: 'Support ticket' } });
  expect(files[SLA]).toMatchObject({ kind: 'decision', title: { en: 'What support promises' } });
  expect(files[ROWS]).toMatchObject({ kind: 'decisionRows', title: null });
  // A form is called as the step that shows it, a mail as the description has it.
  expect(files['forms/triage.form']).toMatchObject({ kind: 'form', title: { en: 'Triage' } });
  expect(files['mail/apology.en.liquid']).toMatchObject({ kind: 'mail', title: { en: 'Apology' } });
  expect(files['scenarios/clocks.yaml']).toMatchObject({ kind: 'scenario' });
  const { body: sources } = await ask(dana, 'GET', `/packages/${KEY}/versions/${hash}`);
  expect(Object.keys(sources.files)).toContain(SLA);
  expect(Object.keys(sources.companions)).toEqual(
    expect.arrayContaining(['README.md', ROWS, 'scenarios/clocks.yaml']),
  );
});

test('a changed SLA breaks the row that tries it; the fix takes it over; the play breaks the promise sooner; it is published', async () => {
  const draft = await begin();
  const { draftId } = draft.draft;
  expect((await findingsOf(draftId)).findings).toEqual([]);

  const before = fileOf(draft, SLA);
  const saved = await save(dana, draftId, SLA, sooner(before.content), before.version);
  expect(saved.status).toBe(200);
  const { findings } = await findingsOf(draftId);
  expect(findings).toMatchObject([{ code: 'PACKAGE_DECISION_DIFFERS', file: ROWS, line: 3 }]);
  const [edit] = findings[0]?.fixes[0]?.edits ?? [];
  if (!edit || edit.text === null) throw new Error('no fix');
  const rows = fileOf(draft, edit.path);
  const mended = rows.content.slice(0, edit.from) + edit.text + rows.content.slice(edit.to);
  await save(dana, draftId, edit.path, mended, rows.version);
  expect((await findingsOf(draftId)).findings).toEqual([]);

  // Four hours from 9 on: after 13:00 the promise is broken, a minute before it is not.
  const whole = await play(draftId, scriptUntil('2026-03-02T12:59:00-03:00'));
  expect(whole.play?.problem).toBeNull();
  expect(whole.play?.tasks.map(({ elementId }) => elementId)).toEqual(['work']);
  const broken = await play(draftId, scriptUntil('2026-03-02T13:00:01-03:00'));
  expect(broken.play?.tasks.map(({ elementId }) => elementId).sort()).toEqual([
    'tell-customer',
    'work',
  ]);
  expect(broken.play?.tasks.find(({ elementId }) => elementId === 'work')).toMatchObject({
    ...{ formId: 'work', assignee: 'rui' },
  });
  expect(await play(draftId, scriptUntil('2026-03-02T13:00:01-03:00'))).toEqual(broken);

  const { body: diff } = await ask(dana, 'GET', `/drafts/${draftId}/diff`);
  expect(
    diff.files.map(({ path, kind }: { path: string; kind: string }) => `${path} ${kind}`),
  ).toEqual([...[`${SLA} changed`, `${ROWS} changed`]]);
  expect(diff.files[0].lines.map(({ text }: { text: string }) => text.trim())).toEqual(
    expect.arrayContaining(['<text>960</text>', '<text>240</text>']),
  );

  const { body: preview } = await ask(dana, 'GET', `/drafts/${draftId}/publication`);
  expect(preview).toMatchObject({ isAccepted: true, needsSecond: false, mayPublish: true });
  expect(preview.definitions).toContainEqual(
    expect.objectContaining({ type: 'process', id: KEY, version: 2, isNew: true }),
  );
  const { version } = preview;
  const done = await ask(dana, 'POST', `/drafts/${draftId}/publication`, {
    version,
    remark: 'Agreed',
  });
  expect(done.status).toBe(200);
  expect(done.body.draft).toMatchObject({ state: 'published', changedBy: 'dana' });
  expect((await world.store.definitions.processes.latest(KEY))?.version).toBe(2);
  const hash = done.body.draft.published;
  expect((await world.store.definitions.companions(hash))[ROWS]).toBe(mended);
  const { items } = await world.store.audit.query({
    filter: { object: { $like: `draft:${draftId}*` } },
  });
  expect(items.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
    ...['createDraft done', 'publishDraft done', 'submitDraft done'],
  ]);
  const shut = await save(dana, draftId, 'README.md', 'Late', 1);
  expect([shut.status, shut.body.code]).toEqual([409, 'DRAFT_CLOSED']);
  expect(world.troubles).toEqual([]);
});

describe('two people in one draft', () => {
  test('who is second hears who was first, and nothing is lost', async () => {
    const draft = await begin();
    const { draftId } = draft.draft;
    const { version } = fileOf(draft, 'README.md');
    expect((await save(dana, draftId, 'README.md', 'first', version)).status).toBe(200);
    const second = await save(dario, draftId, 'README.md', 'second', version);
    expect([second.status, second.body.code]).toEqual([412, 'DRAFT_FILE_CHANGED']);
    expect(second.body.detail).toContain('dana was first');
    // The same text is no change, whoever sends it.
    expect((await save(dario, draftId, 'README.md', 'first', version)).status).toBe(200);
    // Other files are free.
    const mail = fileOf(draft, 'mail/receipt.en.liquid');
    expect((await save(dario, draftId, mail.path, 'other', mail.version)).status).toBe(200);
    const { body } = await ask(dana, 'GET', `/drafts/${draftId}/file?path=README.md`);
    expect(body).toMatchObject({ content: 'first', changedBy: 'dana', version: version + 1 });
    const { body: after } = await ask(dana, 'GET', `/drafts/${draftId}`);
    expect(after.draft.contributors).toEqual(['dana', 'dario']);
  });

  test.each([
    ['../x.bpmn', 400],
    ['x.ts', 400],
    ['a/../../b.yaml', 400],
    ['', 400],
  ])('a path such as %j is refused', async (path, status) => {
    const { draft } = await begin();
    expect((await save(dana, draft.draftId, path, 'x', 0)).status).toBe(status);
  });

  test('a save that names no version is refused', async () => {
    const { draft } = await begin();
    const url = `/drafts/${draft.draftId}/file?path=README.md`;
    const { status, body } = await ask(dana, 'PUT', url, { content: 'x' });
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
  });
});

test('a package that asks for two is published by a second person, who hands in what was reviewed', async () => {
  const draft = await begin();
  const { draftId } = draft.draft;
  const yaml = fileOf(draft, 'process.yaml');
  const byTwo = `${yaml.content}publishing: { byTwo: true }\n`;
  await save(dana, draftId, 'process.yaml', byTwo, yaml.version);
  const submitted = await ask(dana, 'POST', `/drafts/${draftId}/review`, { version: 2 });
  expect(submitted.body).toMatchObject({ state: 'review', version: 3 });
  const own = await ask(dana, 'POST', `/drafts/${draftId}/publication`, { version: 3 });
  expect([own.status, own.body.code]).toEqual([403, 'FOUR_EYES']);
  const { items } = await world.store.audit.query({ filter: { code: 'FOUR_EYES' } });
  expect(items[0]).toMatchObject({ action: 'publishDraft', outcome: 'refused' });
  const old = await ask(dario, 'POST', `/drafts/${draftId}/publication`, { version: 2 });
  expect([old.status, old.body.code]).toEqual([412, 'DRAFT_CHANGED']);
  const done = await ask(dario, 'POST', `/drafts/${draftId}/publication`, { version: 3 });
  expect(done.status).toBe(200);

  // From then on nobody turns it off alone, nor deploys around it.
  const next = await begin();
  const file = fileOf(next, 'process.yaml');
  await save(dana, next.draft.draftId, file.path, yaml.content, file.version);
  const off = await ask(dana, 'POST', `/drafts/${next.draft.draftId}/publication`, { version: 2 });
  expect([off.status, off.body.code]).toEqual([403, 'FOUR_EYES']);
});

test('what cannot be deployed is refused, and is open again', async () => {
  const { draft } = await begin();
  const { draftId } = draft;
  await save(dario, draftId, 'extra.bpmn', '<nothing/>', 0);
  // It is `dario` who worked on it with `dana`, so a third publishes.
  const third = await world.session(await world.person(['admin']));
  const refused = await ask(third, 'POST', `/drafts/${draftId}/publication`, { version: 2 });
  expect([refused.status, refused.body.code]).toEqual([422, 'DRAFT_REFUSED']);
  const { body } = await ask(dana, 'GET', `/drafts/${draftId}`);
  expect(body.draft.state).toBe('open');
  const { play: view, findings } = await play(draftId, { acts: [] });
  expect(view).toBeNull();
  expect(findings.length).toBeGreaterThan(0);
});

describe('plays and scenarios', () => {
  test('jobs that nothing answers wait for an act, and the play is kept as a scenario that holds', async () => {
    const { draft } = await begin();
    const { draftId } = draft;
    const { 'ticket.open': _open, ...jobs } = JOBS;
    const now = '2026-03-02T09:00:00-03:00';
    const waiting = await play(draftId, { now, jobs, acts: [STARTED] });
    expect(waiting.play?.jobs).toMatchObject([{ type: 'ticket.open' }]);
    const [{ elementId: element = '' } = {}] = waiting.play?.jobs ?? [];
    const answer = JOBS['ticket.open'];
    const acts = [STARTED, { advance: 'PT1H' }, { job: { element, answer } }, TRIAGED];
    const script = { now, jobs, acts };
    expect((await play(draftId, script)).play?.problem).toBeNull();
    const sent = { file: 'scenarios/by-hand.yaml', name: 'by hand', script };
    const saved = await ask(dana, 'POST', `/drafts/${draftId}/scenarios`, sent, {
      'if-none-match': '*',
    });
    expect(saved.status).toBe(201);
    const run = { file: 'scenarios/by-hand.yaml' };
    const { body } = await ask(dana, 'POST', `/drafts/${draftId}/scenario-runs`, run);
    expect(body.runs).toMatchObject([{ name: 'by hand', ok: true, mismatches: [] }]);
    const [coverage] = body.coverage;
    expect(coverage.reached.work).toBe(1);
    expect(coverage.elements).toContain('tell-customer');
    expect(coverage.reached).not.toHaveProperty('tell-customer');
  });

  test('an act that cannot be taken ends the play there, and says why', async () => {
    const { draft } = await begin();
    const acts = [STARTED, { complete: { task: 'settle' } }, { advance: 'P1D' }];
    const { play: view } = await play(draft.draftId, { jobs: JOBS, acts });
    expect(view?.problem).toMatchObject({ act: 1, expected: "an open user task 'settle'" });
    expect(view?.at).toBe('2026-01-05T12:00:00.000Z');
  });

  test('names exactly one of draft and package, and only acts that there are', async () => {
    const wrong = [
      { script: {} },
      { draftId: randomUUID(), script: { acts: [{ jump: true }] } },
      { draftId: randomUUID(), script: { acts: [{ advance: 'P1D', cancel: true }] } },
      { draftId: randomUUID(), script: { acts: [{ advance: '-P1D' }] } },
    ];
    for (const payload of wrong) {
      const { status } = await ask(dana, 'POST', '/plays', payload);
      expect([400, 422]).toContain(status);
    }
  });
});

test('what takes too long is stopped, and the next task is done by another thread', async () => {
  const designer = createDesigner({
    lint: 30,
    diff: 0.001,
    play: 30,
    scenarioText: 30,
    scenarios: 30,
  });
  const long = Array.from({ length: 1900 }, (_, index) => `${index}`).join('\n');
  const before = { 'a.md': long };
  const after = { 'a.md': long.split('\n').reverse().join('\n') };
  await expect(designer.run('diff', { before, after })).rejects.toMatchObject({ name: 'TooLong' });
  const workspace = { key: 'x', files: { 'README.md': 'x' }, others: {} };
  expect(await designer.run('lint', { workspace, known: [] })).toEqual([]);
  await designer.close();
});

test('what was said while a draft was reviewed is told with the version that became of it', async () => {
  const { draft } = await begin();
  // Another person publishes: a test before may have had two asked for.
  const step = async (to: string, version: number, remark?: string): Promise<void> => {
    const body = { version, ...(remark && { remark }) };
    const who = to === 'publication' ? dario : dana;
    expect((await ask(who, 'POST', `/drafts/${draft.draftId}/${to}`, body)).status).toBe(200);
  };
  await step('review', 1, 'Please look at the hours');
  await step('return', 2, 'Four hours are not agreed');
  await step('review', 3);
  await step('return', 4);
  await step('publication', 5, 'Agreed now');
  const said = await ask(dario, 'GET', `/packages/${KEY}/remarks`);
  const ours = said.body.items.filter(
    ({ draftId }: { draftId: string }) => draftId === draft.draftId,
  );
  const [{ hash }] = ours;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const shared = { draftId: draft.draftId, title: 'Sooner', hash };
  // Nothing said is nothing told; handing in what is published at once is told once.
  expect(ours).toMatchObject([
    { ...shared, step: 'published', remark: 'Agreed now' },
    { ...shared, step: 'givenBack', remark: 'Four hours are not agreed' },
    { ...shared, step: 'handedIn', remark: 'Please look at the hours' },
  ]);
  expect(ours.every(({ by }: { by: string }) => by !== null)).toBe(true);
  const { body: whole } = await ask(dana, 'GET', `/packages/${KEY}`);
  const made = whole.versions.find((one: { hash: string }) => one.hash === hash);
  expect(made).toMatchObject({
    about: 'Sooner',
    publishedBy: expect.stringMatching(/^dari?o|dana$/),
  });
  const other = await ask(dana, 'GET', '/packages/nowhere/remarks');
  expect(other.body).toMatchObject({ status: 404, title: 'NOT_FOUND' });
});
