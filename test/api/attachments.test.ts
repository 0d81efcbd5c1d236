/** Names and kinds of files that people attach: what becomes of odd ones, and what is refused whatever its name says. */
import { describe, expect, test } from 'vitest';
import { heldTo, kindOf } from '../../api/tasks/attachment-kind.js';
import { cleanName, nameSent, savedAs } from '../../api/tasks/attachment-name.js';
import { ATTACHMENT_KINDS } from '../../contracts/attachments.js';

const names: readonly [sent: string, kept: string][] = [
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd.txt', 'passwd.txt'],
  ['C:\\Users\\ana\\relatório.pdf', 'relatório.pdf'],
  ['.hidden.txt', 'hidden.txt'],
  ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie_ x.txt'],
  ['invoice\u202Efdp.txt', 'invoicefdp.txt'],
  ['what?<b>.md', 'what__b_.md'],
  ['  many   spaces .csv ', 'many spaces .csv'],
  ['con.txt', '_con.txt'],
  [`${'é'.repeat(400)}.pdf`, `${'é'.repeat(146)}.pdf`],
  ['\u0000/', ''],
  ['..', ''],
];

test.each(names)('%j is kept as %j', (sent, kept) => {
  expect(cleanName(sent)).toBe(kept);
});

describe('a name that is sent', () => {
  test.each([
    [`attachment; filename="a \\"b\\".txt"`, 'a _b_.txt'],
    ['attachment; filename=plain.txt', 'plain.txt'],
    [`attachment; filename="x.txt"; filename*=UTF-8''relat%C3%B3rio%2F.pdf`, '.pdf'],
    [`attachment; filename*=utf-8'pt'relat%C3%B3rio.pdf`, 'relatório.pdf'],
  ])('%s', (header, name) => {
    expect(nameSent(header)).toBe(cleanName(name));
  });

  test.each([undefined, '', 'attachment', `attachment; filename*=UTF-8''%ff.pdf`])(
    '%j is none',
    (header) => {
      expect(() => nameSent(header)).toThrow(expect.objectContaining({ code: 'ATTACHMENT_NAME' }));
    },
  );

  test('comes back as it was, and ends no header', () => {
    const header = savedAs(`relatório "final" 'v1'%.pdf`);
    expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w%.-]+$/);
    expect(nameSent(header)).toBe(`relatório _final_ 'v1'%.pdf`);
  });
});

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const kinds: readonly [name: string, bytes: Buffer, isTaken: boolean][] = [
  ['a.pdf', latin('%PDF-1.7 …'), true],
  ['a.pdf', latin('<html>'), false],
  ['a.png', latin('\x89PNG\r\n\x1a\n....'), true],
  ['a.png', latin('<svg onload=alert(1)>'), false],
  ['a.jpg', latin('\xff\xd8\xff\xe0'), true],
  ['a.webp', latin('RIFF0000WEBP'), true],
  ['a.webp', latin('RIFF0000WAVE'), false],
  ['a.xlsx', latin('PK\x03\x04'), true],
  ['a.xlsx', latin('MZ\x90'), false],
  ['a.txt', Buffer.from('Olá\r\n\tmundo'), true],
  ['a.txt', latin('Ol\xe1'), false],
  ['a.txt', latin('a\0b'), false],
  ['a.csv', latin('a\x1b[2J'), false],
  ['a.txt', latin(''), false],
];

test.each(kinds)('%s that holds %j is taken: %j', async (name, bytes, isTaken) => {
  // One byte at a time, as the worst network brings it.
  async function* drops() {
    for (const byte of bytes) yield Buffer.from([byte]);
  }
  const taken: Uint8Array[] = [];
  const read = async (): Promise<void> => {
    for await (const part of heldTo(kindOf(name), drops())) taken.push(part);
  };
  if (isTaken) {
    await read();
    expect(Buffer.concat(taken)).toEqual(bytes);
  } else await expect(read()).rejects.toMatchObject({ code: 'ATTACHMENT_TYPE' });
});

test.each(['page.html', 'a.svg', 'a.js', 'a.exe', 'a.pdf.exe', 'noend', 'a.docm', 'a.constructor'])(
  '%s is of no kind',
  (name) => {
    expect(() => kindOf(name)).toThrow(expect.objectContaining({ code: 'ATTACHMENT_TYPE' }));
  },
);

test('no kind is one that a browser runs', () => {
  for (const { mediaType } of Object.values(ATTACHMENT_KINDS)) {
    expect(mediaType).not.toMatch(/html|xml$|svg|script/);
  }
});
