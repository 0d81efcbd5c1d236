/** Reads a ZIP file: its list, and its files one after the other as streams. Class: side effect. */
import type { Readable } from 'node:stream';
import { type Entry, open, type ZipFile } from 'yauzl';

/** A ZIP that is open. */
export interface OpenZip {
  /** Names of all its files, in their order. */
  readonly names: readonly string[];
  /** The bytes of a file. Errors: those of the format. */
  readonly read: (name: string) => Promise<Readable>;
  readonly close: () => void;
}

/** More files than any export has: a list of names must not fill the memory. */
const MOST_FILES = 10_000;

/** Opens it. Errors: the system's; those of the format, such as a list that is cut off. */
export async function openZip(path: string): Promise<OpenZip> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const entries = await entriesOf(zip);
  return {
    names: [...entries.keys()],
    read: (name) =>
      new Promise((resolve, reject) => {
        const entry = entries.get(name);
        if (!entry) return reject(new Error(`there is no '${name}'`));
        zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
      }),
    close: () => zip.close(),
  };
}

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entries.has(entry.fileName))
        return reject(new Error(`'${entry.fileName}' is there twice`));
      if (entries.size === MOST_FILES)
        return reject(new Error(`it has more than ${MOST_FILES} files`));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}
