import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../../cli/customer-file/examine.js';
import { openLines } from '../../../cli/customer-file/lines.js';
import { COLUMNS } from '../../../contracts/customers.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jornada-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = COLUMNS.join(',');
const CELLS = COLUMNS.map((column) => `${column}!`);

const fileOf = (content: string | Buffer): string => {
  const file = join(folder, 'file.csv');
  writeFileSync(file, content);
  return file;
};

const codeOf = (content: string | Buffer) =>
  openLines(fileOf(content)).then(
    () => null,
    ({ fault }) => fault.code,
  );

describe('the header', () => {
  test('may have any order, capitals, spaces, and further columns, which are named', async () => {
    const names = [...COLUMNS].reverse().map((name) => ` ${name.toUpperCase()} `);
    const file = fileOf(`${names.join(',')},notes,Phone\n${[...CELLS].reverse().join(',')},n,p\n`);
    const { header, lines } = await openLines(file);
    expect(header.ignored).toEqual(['notes', 'Phone']);
    const { value } = await lines.next();
    expect(value.line).toEqual({
      line: 2,
      cells: Object.fromEntries(COLUMNS.map((column) => [column, `${column}!`])),
    });
  });

  test.each([
    ['', 'CSV_HEADER_MISSING'],
    ['\ufeff\n\n', 'CSV_HEADER_MISSING'],
    [`${HEADER.replace('tax_id,', '')}\n`, 'CSV_COLUMN_MISSING'],
    [`${HEADER.replaceAll(',', ';')}\n`, 'CSV_COLUMN_MISSING'],
    [`${HEADER},TZ\n`, 'CSV_COLUMN_DOUBLED'],
    [`"${HEADER}\n`, 'CSV_QUOTE_OPEN'],
  ])('%j is refused as %s', async (content, code) => {
    expect(await codeOf(content)).toBe(code);
  });
});

test('lines that are none are rejected with their numbers, and the others are read', async () => {
  const good = CELLS.join(',');
  const content = [HEADER, good, 'a,b', `"x" y,${good}`, good, `"open,${good}`].join('\r\n');
  const { lines } = await openLines(fileOf(content));
  const found: unknown[] = [];
  for await (const { line, rejected } of lines) {
    found.push(line ? line.line : [rejected?.line, rejected?.faults[0]?.code]);
  }
  expect(found).toEqual([
    2,
    [3, 'CUSTOMER_CELLS'],
    [4, 'CUSTOMER_QUOTES'],
    5,
    [6, 'CSV_QUOTE_OPEN'],
  ]);
});

describe('a file is looked at first', () => {
  test('by its size and hash', async () => {
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await examine(fileOf('abc'))).toEqual({ bytes: 3, hash });
  });

  test.each([
    ['Latin-1', Buffer.from('a\nação\nb\n', 'latin1'), 2],
    ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), 1],
    ['half a character at the end', Buffer.from('a\nb\né').subarray(0, 5), 3],
    ['a surrogate', Buffer.from([0x61, 0x0a, 0xed, 0xa0, 0x80]), 2],
  ])('and %s is refused with its line', async (_title, content, line) => {
    await expect(examine(fileOf(content))).rejects.toMatchObject({
      fault: { code: 'CSV_ENCODING', message: expect.stringContaining(`line ${line} `) },
      exitCode: 2,
    });
  });

  test('without holding it: a line without end is refused', async () => {
    await expect(examine(fileOf('x'.repeat(2_000_000)))).rejects.toMatchObject({
      fault: { code: 'CSV_QUOTE_OPEN' },
    });
  });

  test('and characters that are cut by the pieces of a large file are whole', async () => {
    const content = `${'é日𝒳'.repeat(1000)}\n`.repeat(100);
    expect((await examine(fileOf(content))).bytes).toBe(Buffer.byteLength(content));
  });
});
