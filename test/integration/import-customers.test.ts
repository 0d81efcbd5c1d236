/** `jornada import customers` on a real engine: what is taken, what is rejected, what is kept in plain: nothing. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS } from '../../contracts/customers.js';
import { findCanaries } from '../support/canary.js';
import { type CommandLine, openCommandLine } from '../support/command-line.js';

const SAMPLE = readFileSync(resolve('worker/start/samples/customers.csv'), 'utf8');
const NAME = 'Zephyrine Quandary-7731 Unipessoal';
const MAIL = 'zephyrine.q7731@canary.example.com';
const TAX_ID = '12.ABC.345/01DE-35';
const PERSON = 'Zephyrine Quandary-7731';

/** A sound line with some cells changed. */
const line = (changes: Partial<Record<(typeof COLUMNS)[number], string>>): string => {
  const sound = {
    ...{ legal_name: NAME, tax_id: TAX_ID, country: 'BR', plan: 'team', mrr_minor: '9900' },
    ...{ currency: 'BRL', contact_name: PERSON, contact_email: MAIL, locale: 'pt-BR' },
    ...{ tz: 'America/Sao_Paulo', since: '2024-02-29' },
  };
  return COLUMNS.map((column) => `"${{ ...sound, ...changes }[column].replaceAll('"', '""')}"`)
    .concat('a note')
    .join(',');
};

const sampleLines = SAMPLE.trim().split('\n');
const junk = [
  line({}),
  line({ legal_name: '=HYPERLINK("http://x.example","y")', tax_id: '529.982.247-25' }),
  line({ legal_name: 'Another name' }),
  'a,b,c',
  `"x" y,${sampleLines[1]},n`,
  line({ tax_id: '12.ABC.345/01DE-36' }),
  line({ plan: 'gold', since: '2023-02-29' }),
  line({ legal_name: 'Two\nlines' }),
  line({ contact_email: 'nobody' }),
  '',
  line({ country: 'XX', currency: 'EURO' }),
];
const FILE = `\ufeff${[`${COLUMNS.join(',')},notes`, ...sampleLines.slice(1).map((one) => `${one},n`), ...junk].join('\r\n')}`;

interface Imported {
  readonly counts: Readonly<Record<string, number>>;
  readonly ignoredColumns: readonly string[];
  readonly known: readonly { readonly line: number; readonly customerId: string }[];
  readonly rejected: readonly { readonly line: number; readonly field: string; code: string }[];
}

let commands: CommandLine;
let engine: ChildProcess;

const stop = async (signal: NodeJS.Signals): Promise<void> => {
  const ended = once(engine, 'close');
  engine.kill(signal);
  await ended;
};

beforeAll(async () => {
  commands = openCommandLine();
  engine = await commands.start();
});
afterAll(() => commands.discard());

describe('importing customers', () => {
  test('takes the good lines, and lists each other with line, field, code and reason', async () => {
    writeFileSync(join(commands.root, 'customers.csv'), FILE);
    const { code, out, err } = await commands.jornada('import', 'customers', 'customers.csv');
    expect(code).toBe(1);
    expect(err).toContain(
      '22 customers taken, 0 unchanged, 1 known and left as they are, 7 lines rejected.',
    );
    expect(err).toContain("Column 'notes' is not read.");
    expect(out).toMatch(/^LINE {2}FIELD +CODE +REASON\n24 {4}tax_id +CUSTOMER_TAX_ID_KNOWN/);
    expect(out).not.toContain(NAME);
  });

  test('changes nothing the second time, and says so to programs', async () => {
    const { code, json } = await commands.ask('import', 'customers', 'customers.csv');
    const { counts, ignoredColumns, known, rejected } = json as Imported;
    expect([code, counts, ignoredColumns]).toEqual([
      1,
      { taken: 0, unchanged: 22, known: 1, rejected: 7 },
      ['notes'],
    ]);
    expect(known.map((one) => one.line)).toEqual([24]);
    expect(rejected.map((one) => [one.line, one.field, one.code])).toEqual([
      [25, null, 'CUSTOMER_CELLS'],
      [26, null, 'CUSTOMER_QUOTES'],
      [27, 'tax_id', 'CUSTOMER_TAX_ID_CHECK_DIGIT'],
      [28, 'plan', 'CUSTOMER_PLAN'],
      [28, 'since', 'CUSTOMER_SINCE'],
      [29, 'legal_name', 'CUSTOMER_CONTROL_CHARACTER'],
      [31, 'contact_email', 'CUSTOMER_MAIL'],
      [33, 'country', 'CUSTOMER_COUNTRY'],
      [33, 'currency', 'CUSTOMER_CURRENCY'],
    ]);
  });

  test('a file without faults exits 0, one that is none exits 2 and takes nothing', async () => {
    writeFileSync(join(commands.root, 'good.csv'), SAMPLE);
    expect((await commands.jornada('import', 'customers', 'good.csv')).code).toBe(0);
    writeFileSync(join(commands.root, 'latin.csv'), Buffer.from(SAMPLE, 'latin1'));
    const refused = await commands.ask('import', 'customers', 'latin.csv');
    expect(refused).toMatchObject({ code: 2, json: { error: { code: 'CSV_ENCODING' } } });
    const missing = await commands.jornada('import', 'customers', 'nowhere.csv');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('ARGUMENT_INVALID')]);
    expect((await commands.jornada('import', 'customers')).code).toBe(2);
  });

  test('the customers are found by what is open and by tax id and address, and shown whole', async () => {
    const { json: byTaxId } = await commands.ask('search', 'customers', '--tax-id', TAX_ID);
    const { items } = byTaxId as { items: { customerId: string; legalName: string }[] };
    expect(items).toMatchObject([{ legalName: NAME, country: 'BR', isErased: false }]);
    const { json: byMail } = await commands.ask(
      'search',
      'customers',
      '--mail',
      MAIL.toUpperCase(),
    );
    expect((byMail as { items: object[] }).items).toHaveLength(2);
    const { json: ofSpain } = await commands.ask('search', 'customers', '--country', 'ES');
    expect((ofSpain as { items: object[] }).items).toHaveLength(3);
    const key = items[0]?.customerId.slice(-8) ?? '';
    expect((await commands.ask('get', 'customer', key)).json).toMatchObject({
      customer: { legalName: NAME, taxId: '12ABC34501DE35', since: '2024-02-29' },
      contacts: [{ name: PERSON, mail: MAIL, isPrimary: true }],
      subscriptions: [{ planId: 'team', priceMinor: 9900, currency: 'BRL', period: 'month' }],
    });
    const unknown = await commands.jornada('get', 'customer', 'no-such-customer');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('REFERENCE_UNKNOWN')]);
  });

  test('each import is one act of the audit, with counts, the hash of its file, and no person', async () => {
    const { json } = await commands.ask('audit');
    const { items } = json as { items: { action: string; data: object }[] };
    expect(items.map(({ action }) => action)).toEqual(Array(3).fill('importCustomers'));
    expect(items.at(-1)).toMatchObject({
      outcome: 'done',
      data: { taken: 22, known: 1, rejected: 7, fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(items)).not.toMatch(/Zephyrine|Ria|example/);
  });
});

describe('a large file', () => {
  const MANY = 1800;
  const cpf = (number: number): string => {
    const digits = [...String(100_000_000 + number)].map(Number);
    for (const length of [9, 10]) {
      const sum = digits.reduce((total, digit, at) => total + digit * (length + 1 - at), 0);
      digits.push(sum % 11 < 2 ? 0 : 11 - (sum % 11));
    }
    return digits.join('');
  };
  const count = async (): Promise<number> => {
    const { json } = await commands.ask('search', 'customers', '--limit', '1');
    return (json as { total: { count: number } }).total.count;
  };

  test('that an engine was killed over is taken to its end by the next run, each line once', async () => {
    const lines = Array.from({ length: MANY }, (_, index) =>
      line({ legal_name: `Company ${index}`, tax_id: cpf(index) }),
    );
    const file = [`${COLUMNS.join(',')},notes`, ...lines].join('\n');
    writeFileSync(join(commands.root, 'large.csv'), file);
    const before = await count();
    const first = commands.jornada('import', 'customers', 'large.csv');
    while ((await count()) === before) await new Promise((done) => setTimeout(done, 20));
    await stop('SIGKILL');
    expect((await first).code).toBe(3);
    engine = await commands.start();
    const left = (await count()) - before;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(MANY);
    const { code, json } = await commands.ask('import', 'customers', 'large.csv');
    expect([code, (json as Imported).counts]).toEqual([
      0,
      { taken: MANY - left, unchanged: left, known: 0, rejected: 0 },
    ]);
    expect(await count()).toBe(before + MANY);
  });
});

test('nothing of what is personal stands anywhere in the data folder', async () => {
  await stop('SIGINT');
  const files = readdirSync(commands.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(500);
  const bare = TAX_ID.replace(/[^A-Z0-9]/g, '');
  const found = files.flatMap((file) => findCanaries(file, [NAME, MAIL, TAX_ID, bare, PERSON]));
  expect(found).toEqual([]);
});
