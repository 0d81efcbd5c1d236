import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { findCanaries } from './canary.js';

const CANARY = 'Zoë Canário 4711';

function fileWith(bytes: Uint8Array, ending = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'jornada-canary-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, `t.db${ending}`), bytes);
  return join(folder, 't.db');
}

const noise = Buffer.from('x\x1f\x8b\x08x\x9cxyz');
const around = (bytes: Uint8Array) => Buffer.concat([noise, bytes, noise]);
const utf16 = Buffer.from(CANARY, 'utf16le');

test.each<[form: string, bytes: Uint8Array]>([
  ['utf8', Buffer.from(CANARY)],
  ['utf16le', utf16],
  ['utf16be', Buffer.from(utf16).swap16()],
  ['hex', Buffer.from(Buffer.from(CANARY).toString('hex'))],
  ['escaped', Buffer.from('Zo\\u00eb Can\\u00e1rio 4711')],
  ['percent', Buffer.from('Zo%C3%AB%20Can%C3%A1rio%204711')],
  ['utf8 compressed', gzipSync(`before ${CANARY} after`)],
  ['utf8 compressed', deflateSync(`before ${CANARY} after`)],
  ['base64', Buffer.from(Buffer.from(`${CANARY}!`).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`?${CANARY}!!`).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`??${CANARY}!!`).toString('base64'))],
])('finds it as %s', (form, bytes) => {
  const found = findCanaries(fileWith(around(bytes)), [CANARY, 'another one 0815']);
  expect(found).toContainEqual(expect.objectContaining({ canary: CANARY, form }));
});

test('finds it in the write-ahead log', () => {
  expect(findCanaries(fileWith(Buffer.from(CANARY), '-wal'), [CANARY])).not.toEqual([]);
});

test('finds it cut in two by a page of SQLite', () => {
  const pages = Buffer.alloc(4 * 512);
  pages.write('SQLite format 3\0');
  pages.writeUInt16BE(512, 16);
  const text = Buffer.from(CANARY);
  text.copy(pages, 512 + 300, 0, 7); // local part of a cell in page 2, then the number of its overflow page
  pages.writeUInt32BE(4, 512 + 307);
  text.copy(pages, 3 * 512 + 4, 7);
  expect(findCanaries(fileWith(pages), [CANARY])).toMatchObject([{ form: 'utf8 across pages' }]);
});

test('finds nothing where nothing is', () => {
  expect(findCanaries(fileWith(around(Buffer.from('Zoe Canario 4711'))), [CANARY])).toEqual([]);
});
