/** A first look at a file, before anything of it is sent. Class: side effect (reads). */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { failed } from '../engine-context.js';
import { EXIT } from '../failure.js';
import { LONGEST_RECORD } from './records.js';

/** What a file is: its size, and its SHA-256 in hex. */
export interface Examined {
  readonly bytes: number;
  readonly hash: string;
}

/** Reads all of it once. Errors: `CSV_ENCODING`, `CSV_QUOTE_OPEN`, those of the file. */
export async function examine(file: string): Promise<Examined> {
  const hash = createHash('sha256');
  let bytes = 0;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    const held = Buffer.concat([rest, chunk]);
    // Up to the last line end: a character may go on in the next chunk, a line end cannot.
    const end = held.lastIndexOf(LINE_END) + 1;
    line += linesIn(file, held.subarray(0, end), line);
    rest = held.subarray(end);
    if (rest.length > MOST_HELD) {
      throw failed('CSV_QUOTE_OPEN', { limit: LONGEST_RECORD, line }, EXIT.usage);
    }
  }
  linesIn(file, rest, line);
  return { bytes, hash: hash.digest('hex') };
}

const LINE_END = 0x0a;
/** A line is not held any longer than this. */
const MOST_HELD = 1024 * 1024;

/** Counts the line ends. Errors: `CSV_ENCODING` with the line that is not UTF-8. */
function linesIn(file: string, text: Buffer, from: number): number {
  const isSound = isUtf8(text);
  let lines = 0;
  let begins = 0;
  for (;;) {
    const end = text.indexOf(LINE_END, begins);
    const upTo = end < 0 ? text.length : end;
    if (!isSound && !isUtf8(text.subarray(begins, upTo))) {
      throw failed('CSV_ENCODING', { file, line: from + lines }, EXIT.usage);
    }
    if (end < 0) return lines;
    begins = end + 1;
    lines += 1;
  }
}
