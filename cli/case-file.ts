/** Case files, and ranges of the log, where they are: as they were handed out, or unpacked. Class: side effect (reads). */
import { readFile, stat } from 'node:fs/promises';
import { openZip, zipOf } from '../archive/index.js';
import { type CaseSource, isCase } from '../audit/case/index.js';
import { caseInFolder, type SignedVerdict, verifySigned } from '../audit/offline/index.js';
import { CASE_TIME } from '../case-files/index.js';

/** A case file that was found. */
export interface FoundCase {
  readonly source: CaseSource;
  /** The bytes of the ZIP; null: it is unpacked. */
  readonly zip: Buffer | null;
}

/** Opens what is there; null: it is neither. Errors: those of the system and of the format. */
export async function openCase(path: string): Promise<FoundCase | null> {
  if ((await stat(path)).isDirectory()) {
    const source = await caseInFolder(path);
    return source && { source, zip: null };
  }
  const zip = await readFile(path);
  const { names, read, close } = await openZip(path);
  if (!isCase(names)) throw new Error('it has no manifest of a case, or of a range');
  const texts = new Map<string, Buffer>();
  let left = zip.length;
  try {
    // Files are stored as they are: together they are smaller than the ZIP, whatever its list claims.
    for (const name of names) {
      const pieces: Buffer[] = [];
      for await (const piece of await read(name)) {
        left -= (piece as Buffer).length;
        if (left < 0) throw new Error('it holds more than a case file of its size can');
        pieces.push(piece as Buffer);
      }
      texts.set(name, Buffer.concat(pieces));
    }
  } finally {
    close();
  }
  const held = async (name: string): Promise<Buffer> => texts.get(name) ?? Buffer.alloc(0);
  return { source: { names, read: held }, zip };
}

/** Checks it: the files, and of a ZIP that each byte is as they are packed. */
export async function verifyCaseFile(
  { source, zip }: FoundCase,
  kept: string | null,
): Promise<SignedVerdict> {
  const verdict = await verifySigned(source, kept);
  if (zip === null || (await packedAgain(source)).equals(zip)) return verdict;
  const finding = {
    what: 'the ZIP',
    why: 'it is not packed as such files are: somebody changed it, or packed it anew',
  };
  return { ...verdict, isSound: false, findings: [...verdict.findings, finding] };
}

async function packedAgain({ names, read }: CaseSource): Promise<Buffer> {
  const entries = [...names].sort().map((path) => ({
    path,
    content: async function* () {
      yield await read(path);
    },
  }));
  const pieces: Uint8Array[] = [];
  for await (const piece of zipOf(entries, CASE_TIME, false)) pieces.push(piece);
  return Buffer.concat(pieces);
}
