/** Packages as the threads of the designer take them: with all others that they name or call. Class: side effect (store). */
import { namedPackages, type Workspace } from '../../designer/index.js';
import type { PackageFiles } from '../../registry/index.js';
import type { Store } from '../../store/index.js';

/** A package, what lies around it, and which processes it calls that are deployed. */
export interface Surrounded {
  readonly workspace: Workspace;
  /** Models of other packages that are called, as a scenario would name them. */
  readonly files: readonly string[];
  readonly known: readonly string[];
}

/** Packages that one may lead to; who calls more is not played to its end. */
const MOST_PACKAGES = 30;

/** Looks around a package. */
export async function surround(
  { definitions }: Pick<Store, 'definitions'>,
  key: string,
  files: PackageFiles,
): Promise<Surrounded> {
  const others: Record<string, PackageFiles> = {};
  const known = new Set<string>();
  const models: string[] = [];
  const open = [...calledIn(files)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (known.has(id)) continue;
    const found = await definitions.processes.latest(id);
    if (!found) continue;
    known.add(id);
    const called = await definitions.package(found.packageHash);
    if (!called || called.key === key || Object.hasOwn(others, called.key)) continue;
    if (Object.keys(others).length >= MOST_PACKAGES) continue;
    others[called.key] = called.files;
    models.push(...modelsOf(called.key, called.files));
    open.push(...calledIn(called.files));
  }
  for (const name of namedPackages(files)) {
    if (name === key || Object.hasOwn(others, name)) continue;
    const [newest] = await definitions.versions(name, 1);
    const found = newest && (await definitions.package(newest.hash));
    if (found) others[name] = found.files;
  }
  return { workspace: { key, files, others }, files: models, known: [...known] };
}

const modelsOf = (key: string, files: PackageFiles): readonly string[] =>
  Object.keys(files)
    .filter((path) => path.endsWith('.bpmn'))
    .map((path) => `../../${key}/${path}`);

/** Ids of processes that models name in calls. Class: pure. */
function calledIn(files: PackageFiles): readonly string[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith('.bpmn'))
    .flatMap(([, text]) => Array.from(text.matchAll(CALLED), ([, id = '']) => id));
}

const CALLED = /calledElement\b[^>]*?\sprocessId\s*=\s*["']([^"'=]+)["']/g;

/** All files of a package that was deployed, and of those that lie beside it; null: there is none. */
export async function sourcesOf(
  { definitions }: Pick<Store, 'definitions'>,
  key: string,
  hash: string,
): Promise<{ readonly files: PackageFiles; readonly companions: PackageFiles } | null> {
  const found = await definitions.package(hash);
  if (found?.key !== key) return null;
  return { files: found.files, companions: await definitions.companions(hash) };
}

/** Files of a draft. */
export async function filesOf(
  { drafts }: Pick<Store, 'drafts'>,
  draftId: string,
): Promise<PackageFiles> {
  const rows = await drafts.files(draftId);
  return Object.fromEntries(rows.map(({ path, content }) => [path, content]));
}
