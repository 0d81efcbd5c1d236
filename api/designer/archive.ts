/** A package as an archive: what one that was sent holds, and one that is made. Class: side effect (memory). */
import { type ArchiveFault, ArchiveRefused, readUntrustedZip, zipOf } from '../../archive/index.js';
import { filePath, fileText } from '../../contracts/designer.js';
import { DESCRIPTION_FILE, type PackageFiles } from '../../registry/index.js';
import { Problem, type ProblemCode } from '../problem.js';
import { placesIn } from './archive-places.js';

/** What is taken at most; a draft takes less. */
const LIMITS = { files: 1_000, bytes: 50_000_000, ratio: 100 };

/** The files of a package, and what of the archive is none of them. */
export interface Unpacked {
  readonly files: PackageFiles;
  readonly leftOut: readonly string[];
  /** As its description has it; null: it has none that says so. */
  readonly key: string | null;
}

const CODES: Readonly<Record<ArchiveFault, ProblemCode>> = {
  duplicate: 'ARCHIVE_DUPLICATE',
  encrypted: 'ARCHIVE_ENCRYPTED',
  link: 'ARCHIVE_LINK',
  name: 'ARCHIVE_NAME',
  ratio: 'ARCHIVE_RATIO',
  'too-large': 'ARCHIVE_TOO_LARGE',
  'too-many': 'ARCHIVE_TOO_MANY',
  unreadable: 'ARCHIVE_UNREADABLE',
};

/** Reads the package of an archive. Errors: `ARCHIVE_*`. */
export async function unpack(bytes: Buffer): Promise<Unpacked> {
  const all = await contentOf(bytes);
  const { places, leftOut } = placesIn([...all.keys()]);
  const files: Record<string, string> = {};
  const folded = new Set<string>();
  for (const [path, name] of places) {
    if (!filePath.safeParse(path).success) {
      throw new Problem('ARCHIVE_NAME', {
        detail: `'${path.slice(0, 80)}' is no file of a package`,
      });
    }
    // Two folders that become one may bring the same name.
    if (folded.has(path.toLowerCase())) {
      throw new Problem('ARCHIVE_DUPLICATE', { detail: `'${path}' is there twice` });
    }
    folded.add(path.toLowerCase());
    files[path] = textOf(path, all.get(name) ?? Buffer.alloc(0));
  }
  if (places.length === 0) throw new Problem('ARCHIVE_EMPTY');
  return { files, leftOut, key: keyIn(files[DESCRIPTION_FILE]) };
}

async function contentOf(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  try {
    return await readUntrustedZip(bytes, LIMITS);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    throw new Problem(CODES[error.fault], { detail: error.detail });
  }
}

/** No text of a database holds U+0000. */
function textOf(path: string, bytes: Buffer): string {
  const text = decoded(bytes);
  if (text === null || text.includes('\0')) throw new Problem('ARCHIVE_NOT_TEXT', { path });
  if (fileText.safeParse(text).success) return text;
  throw new Problem('ARCHIVE_TOO_LARGE', {
    detail: `'${path}' has more characters than a file may`,
  });
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A description that is not whole yet says it as well. */
const keyIn = (text = ''): string | null => /^key:\s*([\w-]+)\s*$/m.exec(text)?.[1] ?? null;

/** A package as a plain folder in an archive. @param at - ISO 8601 UTC, the time of its files */
export const pack = (key: string, files: PackageFiles, at: string): AsyncGenerator<Uint8Array> =>
  zipOf(
    Object.entries(files).map(([path, text]) => ({
      path: `${key}/${path}`,
      content: () => oneOf(text),
    })),
    new Date(at),
  );

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
