/** The packages in a case file: each is that whose hash the instances pinned. Class: pure. */
import { createHash } from 'node:crypto';
import type { CaseCheck } from './files.js';
import { CASE_FILES } from './format.js';

const NAME = /^definitions\/([0-9a-f]{64})\/(.+)$/;

/** Packages by their hashes, and the files of each. */
function packagesIn({ texts }: CaseCheck): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>();
  for (const [name, text] of texts) {
    const [, hash, path] = NAME.exec(name) ?? [];
    if (hash === undefined || path === undefined) continue;
    found.set(hash, [...(found.get(hash) ?? []), [path, text]]);
  }
  return found;
}

/** Checks that those which instances pinned are there, and as they were. @returns how many there are */
export function checkDefinitions(check: CaseCheck): number {
  const packages = packagesIn(check);
  for (const [hash, files] of packages) {
    if (packageHash(files) !== hash) check.tell(`package ${hash}`, 'it is not what was deployed');
  }
  for (const hash of pinnedIn(check)) {
    if (!packages.has(hash))
      check.tell(`package ${hash}`, 'an instance ran it, but it is not here');
  }
  return packages.size;
}

/** As `registry/package.ts` hashes a package: its files by path, line ends counted as one. */
function packageHash(files: readonly (readonly string[])[]): string {
  const hash = createHash('sha256');
  const sorted = [...files].sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [path, text = ''] of sorted) {
    const canonical = text.replaceAll('\r\n', '\n');
    hash.update(`${JSON.stringify(path)} ${Buffer.byteLength(canonical)}\n`).update(canonical);
  }
  return hash.digest('hex');
}

/** Hashes that the instances of the case pinned. */
function pinnedIn({ texts, tell }: CaseCheck): readonly string[] {
  try {
    const { instances } = JSON.parse(texts.get(CASE_FILES.case) ?? '') as {
      readonly instances: readonly { readonly definitionHash: string }[];
    };
    return [...new Set(instances.map(({ definitionHash }) => definitionHash))];
  } catch {
    tell(CASE_FILES.case, 'it cannot be read');
    return [];
  }
}
