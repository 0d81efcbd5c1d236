import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { LONGEST_RECORD, OpenQuote, readRecords } from '../../../cli/customer-file/records.js';

type Read = readonly [line: number, cells: readonly string[], isSound: boolean];

/** Reads a text in pieces of some bytes, so that a character, a line end and a quote may be cut. */
async function read(text: string | Buffer, piece = 3): Promise<readonly Read[]> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
    bytes.subarray(index * piece, (index + 1) * piece),
  );
  const found: Read[] = [];
  for await (const { line, cells, isSound } of readRecords(Readable.from(pieces))) {
    found.push([line, cells, isSound]);
  }
  return found;
}

const files: readonly (readonly [title: string, text: string, found: readonly Read[]])[] = [
  [
    'line ends of Unix',
    'a,b\nc,d\n',
    [
      [1, ['a', 'b'], true],
      [2, ['c', 'd'], true],
    ],
  ],
  [
    'line ends of Windows',
    'a,b\r\nc,d\r\n',
    [
      [1, ['a', 'b'], true],
      [2, ['c', 'd'], true],
    ],
  ],
  [
    'both',
    'a\r\nb\nc\r\n',
    [
      [1, ['a'], true],
      [2, ['b'], true],
      [3, ['c'], true],
    ],
  ],
  [
    'no line end at the end',
    'a,b\nc,d',
    [
      [1, ['a', 'b'], true],
      [2, ['c', 'd'], true],
    ],
  ],
  [
    'a mark of UTF-8 before it',
    '\ufeffa,é\nc,d\n',
    [
      [1, ['a', 'é'], true],
      [2, ['c', 'd'], true],
    ],
  ],
  [
    'empty cells',
    ',\n"",\n',
    [
      [1, ['', ''], true],
      [2, ['', ''], true],
    ],
  ],
  [
    'lines without anything',
    'a\n\n\nb\n',
    [
      [1, ['a'], true],
      [4, ['b'], true],
    ],
  ],
  ['commas in quotes', '"a,b",c\n', [[1, ['a,b', 'c'], true]]],
  [
    'quotes in quotes',
    '"a ""b"" c",d\n"""",x\n',
    [
      [1, ['a "b" c', 'd'], true],
      [2, ['"', 'x'], true],
    ],
  ],
  [
    'line ends in quotes',
    'a,b\n"c\nd","e\r\nf"\ng,h\n',
    [
      [1, ['a', 'b'], true],
      [2, ['c\nd', 'e\r\nf'], true],
      [5, ['g', 'h'], true],
    ],
  ],
  ['spaces', ' a , b\n', [[1, [' a ', ' b'], true]]],
  ['characters of several bytes', 'ação,日本,𝒳\n', [[1, ['ação', '日本', '𝒳'], true]]],
  [
    'a quote within a bare cell',
    'a "b",c\nd,e\n',
    [
      [1, ['a "b"', 'c'], false],
      [2, ['d', 'e'], true],
    ],
  ],
  [
    'text behind a closing quote',
    '"a" b,c\nd,e\n',
    [
      [1, ['"a" b', 'c'], false],
      [2, ['d', 'e'], true],
    ],
  ],
  [
    'a carriage return within a bare cell',
    'a\rb,c\nd,e\n',
    [
      [1, ['a\rb', 'c'], false],
      [2, ['d', 'e'], true],
    ],
  ],
];

describe('the records of a file', () => {
  test.each(files)('%s', async (_title, text, found) => {
    expect(await read(text)).toEqual(found);
    expect(await read(text, 1)).toEqual(found);
    expect(await read(text, 10_000)).toEqual(found);
  });

  test('a quotation mark that nobody closes ends it, with the line where it opens', async () => {
    await expect(read('a,b\nc,"d\ne,f\n')).rejects.toEqual(new OpenQuote(2));
    const long = `a,b\nc,d\ne,"${'x\n'.repeat(LONGEST_RECORD)}"\n`;
    await expect(read(long, 1000)).rejects.toEqual(new OpenQuote(3));
  });

  test('are read piece by piece: no more of the file is held than what was asked for', async () => {
    let pieces = 0;
    const file = async function* () {
      for (; pieces < 1000; pieces += 1) yield Buffer.from('a,b\n'.repeat(100));
    };
    const records = readRecords(file());
    for (let count = 0; count < 250; count += 1) await records.next();
    expect(pieces).toBeLessThanOrEqual(3);
    await records.return(undefined);
  });

  test('of an empty file there are none', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('\ufeff')).toEqual([]);
  });
});
