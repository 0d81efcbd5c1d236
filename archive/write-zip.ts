/**
 * A ZIP that is made while it is read: its entries are asked for one after the other, and nothing of them is held. Times
 * in it are given, so that equal content gives equal bytes. Class: pure but for what the entries read.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One file of it; `content` is called when its turn has come. */
export interface ZipEntry {
  readonly path: string;
  readonly content: () => AsyncIterable<Uint8Array>;
}

/**
 * The bytes of the ZIP. Errors: those of the entries.
 *
 * @param compress - false: files are stored as they are, so that its bytes depend on nothing but them
 */
export async function* zipOf(
  entries: readonly ZipEntry[],
  mtime: Date,
  compress = true,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let reading: Readable | null = null;
  zip.on('error', (error: Error) => output.destroy(error));
  // Times as in DOS alone: the extra field would be of the zone of this machine as well.
  const options = { mtime, mode: 0o100_644, compress };
  for (const { path, content } of entries) {
    zip.addReadStreamLazy(path, options, (take) => {
      reading = Readable.from(content(), { objectMode: false });
      // The library listens to what it opens itself, not to what it is given.
      reading.on('error', (error) => output.destroy(error));
      take(null, reading);
    });
  }
  zip.end();
  try {
    for await (const bytes of output) yield bytes as Uint8Array;
  } finally {
    // Whoever reads may stop before the end: what is open is closed.
    (reading as Readable | null)?.destroy();
    output.destroy();
  }
}
