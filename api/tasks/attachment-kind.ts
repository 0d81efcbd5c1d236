/** Which kind a file is, and whether it holds what such a file does: a name alone makes no picture of a page. Class: pure. */
import { ATTACHMENT_KINDS, type AttachmentKind, type Looks } from '../../contracts/attachments.js';
import { own } from '../../engine/model/index.js';
import { Problem } from '../problem.js';
import { endOf } from './attachment-name.js';

/** The kind of a name. Errors: `ATTACHMENT_TYPE`. */
export function kindOf(name: string): AttachmentKind {
  const kind = own(ATTACHMENT_KINDS, endOf(name));
  if (!kind) throw misfit(`'${endOf(name)}' is none of them`);
  return kind;
}

/** First bytes of each kind that has them, one character a byte. */
const BEGINS: Readonly<Record<Exclude<Looks, 'text'>, string>> = {
  gif: 'GIF8',
  jpeg: '\xff\xd8\xff',
  pdf: '%PDF-',
  png: '\x89PNG\r\n\x1a\n',
  webp: 'RIFF',
  zip: 'PK\x03\x04',
};
/** As far as beginnings are looked at. */
const MOST_BEGIN = 12;

/** The same bytes, as long as they are those of the kind. Errors: `ATTACHMENT_TYPE`, also of a file that is empty. */
export async function* heldTo(
  { looks }: AttachmentKind,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let begin = Buffer.alloc(0);
  const text = looks === 'text' ? new TextDecoder('utf-8', { fatal: true }) : null;
  for await (const part of bytes) {
    const isSeen = begin.length >= MOST_BEGIN;
    if (!isSeen) begin = Buffer.concat([begin, part]).subarray(0, MOST_BEGIN);
    if (text) assertText(text, part);
    else if (!isSeen && begin.length >= MOST_BEGIN) assertBegin(looks, begin);
    yield part;
  }
  if (begin.length === 0) throw misfit('it is empty');
  if (text) assertText(text, null);
  else assertBegin(looks, begin);
}

function assertBegin(looks: Looks, begin: Buffer): void {
  if (looks === 'text') return;
  const text = begin.toString('latin1');
  const fits = text.startsWith(BEGINS[looks]) && (looks !== 'webp' || text.endsWith('WEBP'));
  if (!fits) throw misfit(`what it holds is no ${looks.toUpperCase()}`);
}

type Decoder = InstanceType<typeof TextDecoder>;

/** What no text has: all that a terminal obeys, but for tabs and ends of lines and pages. */
const CONTROL = /[^\P{Cc}\t\n\f\r\u0080-\u009f]/u;

/** @param part - null: it ends here */
function assertText(decoder: Decoder, part: Uint8Array | null): void {
  let text: string;
  try {
    text = part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch {
    throw misfit('what it holds is no text in UTF-8');
  }
  if (CONTROL.test(text)) throw misfit('what it holds is no text');
}

const misfit = (detail: string): Problem =>
  new Problem('ATTACHMENT_TYPE', { types: Object.keys(ATTACHMENT_KINDS).join(', '), detail });
