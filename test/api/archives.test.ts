/** Drafts as archives: out and in again, as people and Camunda's modelers pack them, and several files at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DraftFileRow, Uploaded, WholeDraft } from '../../contracts/designer.js';
import { createRegistry } from '../../registry/index.js';
import { readCompanions, readPackageFolder } from '../../worker/start/package-files.js';
import { openWorld, type World } from '../support/identities.js';
import { type OddEntry, oddZip } from '../support/zip.js';

const KEY = 'quick-wins';
let world: World;
let dana: Record<string, string>;
beforeAll(async () => {
  world = await openWorld();
  const folder = `definitions/${KEY}`;
  const deployment = { deployedAt: world.at(), mode: 'strict', alongside: [] } as const;
  const packages = [await readPackageFolder(folder)];
  const [made] = await createRegistry(world.store).deploy({ ...deployment, packages });
  await world.store.definitions.keepCompanions(made?.hash ?? '', await readCompanions(folder));
  dana = await world.session(await world.person(['designer'], { loginName: 'dana' }));
});
afterAll(() => world.close());

const ask = (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  more: Record<string, string> = {},
) =>
  world.ask({
    ...{ method, url: `/api/v1/drafts${url}`, headers: { ...dana, ...more } },
    ...(payload && { payload }),
  });
const ZIP = { 'content-type': 'application/zip' };
const begin = async (): Promise<WholeDraft> =>
  (await ask('POST', '', { packageKey: KEY, title: 'Packed' })).json();
const textsOf = (files: readonly DraftFileRow[]) =>
  Object.fromEntries(files.map(({ path, content }) => [path, content]));
const upload = async (entries: readonly OddEntry[], query = ''): Promise<Uploaded> => {
  const answer = await ask('POST', `/archive${query}`, oddZip(entries), ZIP);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};

test('a published version goes out as a folder, from which a draft begins as it was', async () => {
  const { draft, files } = await begin();
  const packages = `/api/v1/packages/${KEY}/versions`;
  const read = (url: string) => world.ask({ method: 'GET', url, headers: dana });
  const out = await read(`${packages}/${draft.basedOn}/archive`);
  expect(out.headers).toMatchObject({
    ...{ 'content-type': 'application/zip' },
    'content-disposition': `attachment; filename="${KEY}-${draft.basedOn?.slice(0, 8)}.zip"`,
  });
  const back = await ask('POST', '/archive', out.rawPayload, ZIP);
  expect(textsOf(back.json().files)).toEqual(textsOf(files));
  expect(back.json().draft).toMatchObject({ packageKey: KEY, basedOn: draft.basedOn });
  // The same version is the same bytes.
  const again = await read(`${packages}/${draft.basedOn}/archive`);
  expect(again.rawPayload.equals(out.rawPayload)).toBe(true);
  expect((await read(`${packages}/${'f'.repeat(64)}/archive`)).statusCode).toBe(404);
  const other = await read(`/api/v1/packages/other/versions/${draft.basedOn}/archive`);
  expect(other.statusCode).toBe(404);
});

test('a draft goes out as a folder, and comes in again as it was, over what was changed', async () => {
  const { draft, files } = await begin();
  const out = await ask('GET', `/${draft.draftId}/archive`);
  expect(out.headers).toMatchObject({
    ...{ 'content-type': 'application/zip' },
    'content-disposition': `attachment; filename="${KEY}.zip"`,
  });
  const changes = [
    { path: 'README.md', content: 'Other', version: 1 },
    { path: 'forms/new.form', content: '{}', version: 0 },
  ];
  const changed = await ask('POST', `/${draft.draftId}/files`, { changes });
  expect(changed.json().items).toMatchObject([{ version: 2 }, { version: 1 }]);
  const url = `/${draft.draftId}/archive?mode=replace`;
  const back = await ask('PUT', url, out.rawPayload, { ...ZIP, 'if-match': '"2"' });
  expect(back.json().leftOut).toEqual([]);
  expect(textsOf(back.json().files)).toEqual(textsOf(files));
  // What was as it is stays as it was read by others.
  const versions = back.json().files.map((one: DraftFileRow) => one.version);
  expect(versions.filter((version: number) => version > 1)).toEqual([3]);
  expect(back.json().draft).toMatchObject({
    version: 3,
    changedBy: 'dana',
    basedOn: draft.basedOn,
  });

  const acts = await world.store.audit.query({ filter: { action: 'uploadDraft' }, limit: 10 });
  expect(acts.items).toMatchObject([
    { object: `draft:${draft.draftId} package:${KEY}`, outcome: 'done' },
  ]);
});

test('what is added removes nothing; a draft that was changed meanwhile, or closed, takes nothing', async () => {
  const { draft, files } = await begin();
  const zip = oddZip([{ name: 'README.md', bytes: 'Mine' }]);
  const put = (version: number) =>
    ask('PUT', `/${draft.draftId}/archive`, zip, { ...ZIP, 'if-match': `"${version}"` });
  expect((await put(1)).json().files).toHaveLength(files.length);
  expect((await put(1)).json()).toMatchObject({ code: 'DRAFT_CHANGED' });
  await ask('POST', `/${draft.draftId}/discard`, { version: 2 });
  expect((await put(3)).json()).toMatchObject({ code: 'DRAFT_CLOSED' });
});

describe('a package of an archive', () => {
  const YAML = { name: 'process.yaml', bytes: 'key: made-elsewhere' };

  test('is new, or a draft of one that is deployed', async () => {
    const sent = oddZip([{ name: 'process.bpmn' }]);
    const unnamed = await ask('POST', '/archive', sent, ZIP);
    expect(unnamed.json()).toMatchObject({ code: 'INPUT_INVALID' });
    const fresh = await ask('POST', '/archive?packageKey=brand-new&title=Mine', sent, ZIP);
    expect(fresh.json().draft).toMatchObject({
      ...{ packageKey: 'brand-new', title: 'Mine', basedOn: null, version: 1 },
    });
    const of = await ask('POST', `/archive?packageKey=${KEY}`, sent, ZIP);
    expect(of.json().draft.basedOn).toMatch(/^[0-9a-f]{64}$/);
  });

  test('lies in a folder, with what systems leave behind', async () => {
    const litter = ['.DS_Store', '__MACOSX/p/._process.yaml', 'p/.git/config', 'p/Thumbs.db'];
    const { draft, files, leftOut } = await upload([
      ...[{ name: 'p/', bytes: '' }, { ...YAML, name: 'p/process.yaml' }, { name: 'p/a.bpmn' }],
      ...[{ name: 'p/forms/ask.form' }, ...litter.map((name) => ({ name }))],
    ]);
    expect(files.map(({ path }) => path)).toEqual(['a.bpmn', 'forms/ask.form', 'process.yaml']);
    expect(leftOut).toEqual(litter);
    expect(draft.packageKey).toBe('made-elsewhere');
  });

  test('has but one folder, which every package has', async () => {
    const { files } = await upload(
      [{ name: 'forms/ask.form' }, { name: 'forms/a.form' }],
      '?packageKey=forms',
    );
    expect(files.map(({ path }) => path)).toEqual(['forms/a.form', 'forms/ask.form']);
  });

  test('is a process application of Camunda with what several share', async () => {
    const { files, leftOut } = await upload([
      { name: 'pom.xml' },
      { name: 'src/app/.process-application', bytes: '' },
      { ...YAML, name: 'src/app/process.yaml' },
      { name: 'src/app/order.bpmn' },
      { name: 'src/app/_bb-forms/forms/ask.form' },
      { name: 'src/_bb-rules/price.dmn' },
      { name: 'src/Main.java' },
    ]);
    const paths = ['forms/ask.form', 'order.bpmn', 'price.dmn', 'process.yaml'];
    expect(files.map(({ path }) => path)).toEqual(paths);
    expect(leftOut).toEqual(['pom.xml', 'src/Main.java']);
  });
});

test('several files change together or not at all', async () => {
  const { draft } = await begin();
  const url = `/${draft.draftId}/files`;
  const late = [
    { path: 'README.md', content: null, version: 1 },
    { path: 'process.yaml', content: 'key: x', version: 7 },
  ];
  const refused = await ask('POST', url, { changes: late });
  expect(refused.json()).toMatchObject({ code: 'DRAFT_FILE_CHANGED' });
  const now = (await ask('GET', `/${draft.draftId}`)).json() as WholeDraft;
  expect(now.draft.version).toBe(1);
  for (const changes of [[], [late[0], late[0]], [{ ...late[0], path: '../x.md' }]]) {
    expect((await ask('POST', url, { changes })).statusCode).toBe(400);
  }
});
