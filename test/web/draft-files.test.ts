/** New files of a draft lint as they begin; a new name is written wherever the old one was; what would dangle is told. */
import { describe, expect, test } from 'vitest';
import { lintPackage } from '../../designer/lint/index.js';
import {
  exampleOf,
  FILE_KINDS,
  type FileKind,
  filesOf,
  nameFaultOf,
} from '../../web/features/designer/files/kinds.js';
import { danglingOf, renamingOf, stemOf } from '../../web/features/designer/files/renaming.js';
import { readCompanions, readPackageFolder } from '../../worker/start/package-files.js';

const wholeOf = async (key: string): Promise<Readonly<Record<string, string>>> => {
  const folder = `definitions/${key}`;
  return { ...(await readPackageFolder(folder)).files, ...(await readCompanions(folder)) };
};
const TICKET = await wholeOf('support-ticket');
const TEMPLATE = await wholeOf('_template');
const KNOWN = { known: async (ids: readonly string[]) => ids, run: null };
const judged = async (key: string, texts: Readonly<Record<string, string>>) =>
  (await lintPackage(key, texts, KNOWN)).map(({ code, file }) => `${code} ${file}`);

describe('a new file', () => {
  const around = { packageKey: '_template', texts: TEMPLATE };
  const UNUSED: Partial<Record<FileKind, readonly string[]>> = {
    form: ['PACKAGE_FILE_UNUSED forms/check-order.form'],
    decision: ['PACKAGE_FILE_UNUSED decisions/order_priority.dmn'],
    mail: [
      'PACKAGE_FILE_UNUSED mail/order-received.en.liquid',
      'PACKAGE_FILE_UNUSED mail/order-received.pt-BR.liquid',
    ],
  };

  test.each(FILE_KINDS)('%s brings no finding but that nothing uses it yet', async (kind) => {
    const before = await judged('_template', TEMPLATE);
    const added = filesOf(kind, exampleOf(kind), around);
    // There is but one of these, and the package has it.
    if (kind === 'readme' || kind === 'description') {
      expect(nameFaultOf(kind, exampleOf(kind), around)).toBe('taken');
      return;
    }
    expect(nameFaultOf(kind, exampleOf(kind), around)).toBeNull();
    const after = await judged('_template', { ...TEMPLATE, ...added });
    expect(after.filter((one) => !before.includes(one))).toEqual(UNUSED[kind] ?? []);
  });

  test('a mail that a task sends is described, whether others are or not', async () => {
    for (const yaml of [
      TEMPLATE['process.yaml'] ?? '',
      (TEMPLATE['process.yaml'] ?? '').replace(/mails:[\s\S]*?(?=retention)/, ''),
    ]) {
      const texts: Record<string, string> = { ...TEMPLATE, 'process.yaml': yaml };
      const added = filesOf('mail', 'order-received', { packageKey: '_template', texts });
      const model =
        texts['process.bpmn']?.replace('value="answer"', 'value="order-received"') ?? '';
      const found = await judged('_template', { ...texts, ...added, 'process.bpmn': model });
      expect(found.filter((one) => one.includes('order-received'))).toEqual([]);
    }
  });

  test('a package of new files alone is one', async () => {
    const empty = { packageKey: 'pack-order', texts: {} };
    const texts = {
      ...filesOf('description', 'process', empty),
      ...filesOf('model', 'pack-order', empty),
      ...filesOf('readme', 'README', empty),
    };
    const scenario = filesOf('scenario', 'packed', { ...empty, texts });
    expect(await judged('pack-order', { ...texts, ...scenario })).toEqual([]);
  });

  test.each([
    ['form', 'Check', 'shape'],
    ['form', 'check_order', 'shape'],
    ['decision', 'order-priority', 'shape'],
    ['form', '../x', 'shape'],
    ['form', 'x'.repeat(61), 'shape'],
    ['form', 'ask', 'taken'],
    ['mail', 'answer', 'taken'],
    ['decision', 'settings', 'taken'],
  ] as const)('%s %j is refused: %s', (kind, name, fault) => {
    expect(nameFaultOf(kind, name, around)).toBe(fault);
  });
});

describe('a new name', () => {
  const applied = (path: string, stem: string) => {
    const { changes, ...told } = renamingOf(path, stem, TICKET);
    const after: Record<string, string> = { ...TICKET };
    for (const [at, text] of Object.entries(changes)) {
      if (text === null) delete after[at];
      else after[at] = text;
    }
    return { after, ...told };
  };

  test.each([
    ['forms/triage.form', 'sort', 'forms/sort.form', { 'process.bpmn': 1 }],
    ['decisions/sla_policy.dmn', 'promises', 'decisions/promises.dmn', { 'process.bpmn': 1 }],
    [
      'mail/receipt.en.liquid',
      'got-it',
      'mail/got-it.en.liquid',
      { 'process.bpmn': 1, 'process.yaml': 1 },
    ],
    ['mail/receipt.pt-BR.liquid', 'got-it', 'mail/got-it.pt-BR.liquid', undefined],
    ['examples/login.json', 'sign-in', 'examples/sign-in.json', {}],
    ['scenarios/gate.yaml', 'gates', 'scenarios/gates.yaml', {}],
  ])('%s → %s', async (path, stem, to, updates) => {
    const before = await judged('support-ticket', TICKET);
    const { after, moves, updates: told, isTaken } = applied(path, stem);
    expect(isTaken).toBe(false);
    expect(moves[0]).toEqual([path, to]);
    expect(Object.keys(after)).toHaveLength(Object.keys(TICKET).length);
    if (updates)
      expect(Object.fromEntries(told.map((one) => [one.path, one.count]))).toEqual(updates);
    expect(await judged('support-ticket', after)).toEqual(before);
  });

  test('takes along what is one with the file', () => {
    expect(applied('decisions/sla_policy.dmn', 'promises').moves).toEqual([
      ['decisions/sla_policy.dmn', 'decisions/promises.dmn'],
      ['decisions/sla_policy.dmn.test.csv', 'decisions/promises.dmn.test.csv'],
    ]);
    expect(applied('mail/receipt.en.liquid', 'x').moves).toEqual([
      ['mail/receipt.en.liquid', 'mail/x.en.liquid'],
      ['mail/receipt.pt-BR.liquid', 'mail/x.pt-BR.liquid'],
    ]);
  });

  test('a model is named by scenarios', () => {
    const texts = {
      'process.bpmn': '<x/>',
      'scenarios/a.yaml':
        '- process: ../process.bpmn\n  files: [../process.bpmn, "../other.bpmn"]\n',
    };
    const { changes, updates } = renamingOf('process.bpmn', 'order', texts);
    expect(updates).toEqual([{ path: 'scenarios/a.yaml', count: 2 }]);
    expect(changes).toEqual({
      ...{ 'process.bpmn': null, 'order.bpmn': '<x/>' },
      'scenarios/a.yaml': '- process: ../order.bpmn\n  files: [../order.bpmn, "../other.bpmn"]\n',
    });
  });

  test('one that is there is taken, also in capitals', () => {
    expect(applied('forms/triage.form', 'work').isTaken).toBe(true);
    expect(applied('forms/triage.form', 'Work').isTaken).toBe(true);
    expect(applied('forms/triage.form', 'Triage').isTaken).toBe(false);
    expect(stemOf('mail/a.b.pt-BR.liquid')).toEqual({ stem: 'a.b', ending: '.pt-BR.liquid' });
  });
});

test('what would dangle is told', () => {
  expect(danglingOf('forms/triage.form', TICKET)).toEqual([{ path: 'process.bpmn', count: 1 }]);
  expect(danglingOf('mail/receipt.en.liquid', TICKET).map(({ path }) => path)).toEqual([
    'process.bpmn',
    'process.yaml',
  ]);
  expect(danglingOf('README.md', TICKET)).toEqual([]);
  expect(danglingOf('examples/login.json', TICKET)).toEqual([]);
});
