/** Whether two people have to have a hand in what is deployed. Class: side effect (store). */
import { DESCRIPTION_FILE, type PackageFiles, readDescription } from '../../registry/index.js';
import type { Draft, Store } from '../../store/index.js';
import type { DesignerDeps } from '../deps.js';

/** What is asked for it. */
export interface SecondPersonDeps extends Pick<DesignerDeps, 'byTwo'> {
  readonly store: Pick<Store, 'definitions'>;
}

/**
 * Whether a package has to be published by somebody else than those who worked on it: the installation asks for it, or the
 * package itself does, as it is deployed or as it would be; so nobody turns it off alone. Nor by another name: packages count
 * whose processes these files would replace.
 */
export async function needsSecond(
  { byTwo, store: { definitions } }: SecondPersonDeps,
  key: string,
  files: PackageFiles,
): Promise<boolean> {
  if (byTwo || asksForTwo(files[DESCRIPTION_FILE])) return true;
  const versions = await definitions.versions(key, 1);
  const replaced = processesIn(files).map((id) => definitions.processes.latest(id));
  const hashes = new Set([
    ...versions.map(({ hash }) => hash),
    ...(await Promise.all(replaced)).flatMap((one) => one?.packageHash ?? []),
  ]);
  for (const hash of hashes) {
    const deployed = await definitions.package(hash);
    if (asksForTwo(deployed?.files[DESCRIPTION_FILE])) return true;
  }
  return false;
}

/** Ids of processes that models hold. Class: pure. */
const processesIn = (files: PackageFiles): readonly string[] =>
  Object.entries(files)
    .filter(([path]) => path.endsWith('.bpmn'))
    .flatMap(([, text]) => Array.from(text.matchAll(PROCESS), ([, id = '']) => id));

const PROCESS = /<(?:[\w-]+:)?process\b[^>]*?\sid\s*=\s*["']([^"']*)["']/g;

function asksForTwo(text: string | undefined): boolean {
  if (text === undefined) return false;
  return readDescription(text, DESCRIPTION_FILE).description?.publishing.byTwo ?? false;
}

/** Whether somebody had a hand in a draft. Class: pure. */
export const hasWorkedOn = ({ contributors, createdBy }: Draft, loginName: string): boolean =>
  createdBy === loginName || contributors.includes(loginName);
