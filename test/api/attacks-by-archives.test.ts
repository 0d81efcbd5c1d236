/** X13: attacks by archives that are put into drafts, or begin one. Each is refused whole, and nothing is written. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, stateOf, type World } from '../support/identities.js';
import { type OddEntry, oddZip } from '../support/zip.js';

let world: World;
let headers: Record<string, string>;
let turn = 0;
beforeAll(async () => {
  world = await openWorld();
});
// Nobody may ask as often as all of these do.
beforeEach(async () => {
  turn += 1;
  headers = await world.token(await world.person(['designer']), ['designer']);
});
afterAll(() => world.close());

/** A package that is taken. */
const SOUND: readonly OddEntry[] = [
  { name: 'process.yaml', bytes: 'key: p' },
  { name: 'process.bpmn', bytes: '<definitions/>' },
];
/** Text that becomes some twenty times as large, so that what it is together is what counts. */
const dense = (characters: number): string => {
  const line = (i: number): string => `${(i * 2_654_435_761) % 4_294_967_296} ${'a'.repeat(180)}\n`;
  let text = '';
  for (let i = 0; text.length < characters; i += 1) text += line(i);
  return text;
};

const MUCH = dense(1_900_000);

describe('X13 archives', () => {
  const begun = async (): Promise<string> => {
    const by = { actor: null, requestId: 'test', reason: null, at: world.at() };
    const files = { 'README.md': 'as it was' };
    const draft = { packageKey: 'p', title: '', basedOn: null, files };
    return (await world.store.drafts.create(draft, 'dana', by)).draftId;
  };
  const sent = async (method: 'PUT' | 'POST', url: string, payload: Buffer, version = 1) => {
    const more = { 'content-type': 'application/zip', 'if-match': `"${version}"` };
    const answer = await world.ask({
      ...{ method, url: `/api/v1/drafts${url}`, payload, remoteAddress: `10.9.0.${turn}` },
      headers: { ...headers, ...more },
    });
    return `${answer.statusCode} ${answer.json().code ?? 'done'}`;
  };
  const drafts = async (): Promise<string> => {
    const { items } = await world.store.drafts.search({ filter: {}, limit: 1000 });
    return JSON.stringify(items);
  };

  const named = (name: string) => [name.slice(0, 40), 'ARCHIVE_NAME', [{ name }]] as const;
  const cases: readonly (readonly [string, string, readonly OddEntry[]])[] = [
    ...['../process.bpmn', 'forms/../../a.form', '/etc/a.form', 'C:\\a.form', 'C:a.form'].map(
      named,
    ),
    ...['forms\\a.form', '..\\a.form', './a.form', 'forms//a.form', 'forms/./a.form'].map(named),
    ...['a\0.form', 'a.form\0.md', 'forms/\u0000/a.form', 'a\r\n.form', '\u202ea.exe'].map(named),
    ...['run.sh', 'a.exe', 'lib/x.js', 'forms/ordér.form', 'x'.repeat(300)].map(named),
    ['a link', 'ARCHIVE_LINK', [{ name: 'a.form', bytes: '/etc/passwd', mode: 0o120777 }]],
    ['a link to a folder', 'ARCHIVE_LINK', [{ name: 'forms/', bytes: '/etc', mode: 0o120777 }]],
    ['a device', 'ARCHIVE_LINK', [{ name: 'a.form', mode: 0o020666 }]],
    ['a pipe', 'ARCHIVE_LINK', [{ name: 'a.form', mode: 0o010666 }]],
    ['a file twice', 'ARCHIVE_DUPLICATE', [{ name: 'process.yaml' }]],
    ['capitals', 'ARCHIVE_DUPLICATE', [{ name: 'Process.YAML' }]],
    ['a file and a folder', 'ARCHIVE_DUPLICATE', [{ name: 'process.bpmn/', bytes: '' }]],
    [
      'two that become one',
      'ARCHIVE_DUPLICATE',
      [{ name: '_bb-a/x.form' }, { name: '_bb-b/X.form' }],
    ],
    ['a ratio', 'ARCHIVE_RATIO', [{ name: 'a.md', bytes: 'a'.repeat(1e6), isDeflated: true }]],
    [
      'a ratio that is denied',
      'ARCHIVE_UNREADABLE',
      [{ name: 'a.md', bytes: 'a'.repeat(1e6), isDeflated: true, claimed: 10 }],
    ],
    [
      'many files',
      'ARCHIVE_TOO_MANY',
      Array.from({ length: 1001 }, (_, i) => ({ name: `forms/f${i}.form`, bytes: '{}' })),
    ],
    [
      'much',
      'ARCHIVE_TOO_LARGE',
      Array.from({ length: 27 }, (_, i) => ({
        ...{ name: `p${i}.md`, bytes: MUCH, isDeflated: true },
      })),
    ],
    [
      'encrypted',
      'ARCHIVE_ENCRYPTED',
      [{ name: 'a.form', bytes: 'x'.repeat(20), flags: 0x801, claimed: 8 }],
    ],
    ['strongly encrypted', 'ARCHIVE_ENCRYPTED', [{ name: 'a.form', flags: 0x841 }]],
    ['no text', 'ARCHIVE_NOT_TEXT', [{ name: 'a.md', bytes: Buffer.from([0xff, 0xfe, 0x41]) }]],
    ['NUL in a text', 'ARCHIVE_NOT_TEXT', [{ name: 'a.md', bytes: 'a\0b' }]],
  ];

  test.each(cases)('%j is refused as %s, and nothing is written', async (_name, code, odd) => {
    const draftId = await begun();
    const before = [await stateOf(world), await drafts()];
    const zip = oddZip([...SOUND, ...odd]);
    expect(await sent('PUT', `/${draftId}/archive?mode=replace`, zip)).toBe(`422 ${code}`);
    expect(await sent('POST', '/archive', zip)).toBe(`422 ${code}`);
    expect([await stateOf(world), await drafts()]).toEqual(before);
    expect(await world.store.drafts.files(draftId)).toMatchObject([{ content: 'as it was' }]);
    expect(world.troubles).toEqual([]);
  });

  test.each([
    ['no ZIP', Buffer.from('PK this is none')],
    ['nothing', Buffer.alloc(0)],
    ['cut off', oddZip(SOUND).subarray(0, -30)],
    ['its end alone', oddZip([]).subarray(-22).fill(1, 8, 12)],
    ['a sum that is another one', oddZip(SOUND).fill(0x20, 43, 46)],
  ])('%s is refused', async (_name, bytes) => {
    const draftId = await begun();
    const before = await drafts();
    expect(await sent('PUT', `/${draftId}/archive`, bytes)).toMatch(/^(422 ARCHIVE_|400 )/);
    expect(await drafts()).toBe(before);
    expect(world.troubles).toEqual([]);
  });

  test('without a file of a package, and as it was not read', async () => {
    const draftId = await begun();
    const empty = oddZip([{ name: '.DS_Store' }, { name: '__MACOSX/._a.form' }]);
    expect(await sent('PUT', `/${draftId}/archive`, empty)).toBe('422 ARCHIVE_EMPTY');
    expect(await sent('PUT', `/${draftId}/archive`, oddZip(SOUND), 7)).toBe('412 DRAFT_CHANGED');
    const many = Array.from({ length: 301 }, (_, i) => ({ name: `forms/f${i}.form` }));
    expect(await sent('PUT', `/${draftId}/archive`, oddZip(many))).toBe('422 DRAFT_TOO_LARGE');
    expect(await world.store.drafts.files(draftId)).toMatchObject([{ content: 'as it was' }]);
    expect(await sent('PUT', `/${draftId}/archive`, oddZip(SOUND))).toBe('200 done');
  });
});
