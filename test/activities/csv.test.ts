import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvHeader, csvLine } from '../../activities/export/formats/csv.js';
import { rowsIn } from '../../activities/export/formats/json-lines.js';
import type { Column } from '../../activities/export/source.js';

const column = (name: string, type: Column['type'] = 'text'): Column => ({
  ...{ name, type, says: '', isOptional: true, class: 'I' },
});
const text = [column('a')];

describe('CSV', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+351 21', "'+351 21"],
    ['-x', "'-x"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['＝x', "'＝x"],
    ['a=b', 'a=b'],
    ['plain', 'plain'],
    ['say "hi", you', '"say ""hi"", you"'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('writes %j so that no spreadsheet runs it', (value, cell) => {
    expect(csvLine(text, { a: value })).toBe(`${cell}\r\n`);
  });

  test('writes numbers, booleans, nothing and JSON as they are', () => {
    const columns = [
      column('n', 'integer'),
      column('b', 'boolean'),
      column('z'),
      column('j', 'json'),
    ];
    const line = csvLine(columns, { n: -5, b: false, z: null, j: { x: [1, '=2'] } });
    expect(line).toBe('-5,false,,"{""x"":[1,""=2""]}"\r\n');
  });

  test('is read back by another reader', () => {
    const values = ['a,b', 'c"d', 'e\r\nf', ' g ', 'ção'];
    const file = csvHeader(text) + values.map((a) => csvLine(text, { a })).join('');
    expect(parse(file, { columns: true })).toEqual(values.map((a) => ({ a })));
  });
});

test('JSON Lines come back however their bytes are cut', async () => {
  const rows = [{ a: 'é' }, { a: '😀' }, { a: null }];
  const bytes = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  for (let size = 1; size < 12; size++) {
    const parts = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    const found: unknown[] = [];
    for await (const row of rowsIn(parts())) found.push(row);
    expect(found).toEqual(rows);
  }
});
