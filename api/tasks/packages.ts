/** What the packages of instances say: compiled processes, and titles in both languages. Class: side effect (store). */
import { InvariantError } from '../../engine/errors/index.js';
import { type ExecutableProcess, own } from '../../engine/model/index.js';
import { DESCRIPTION_FILE, type Registry, readDescription } from '../../registry/index.js';
import type { ProcessInstance, Store } from '../../store/index.js';

/** A text in both languages. */
export interface Texts {
  readonly en: string;
  readonly 'pt-BR': string;
}

/** What an instance runs. */
export interface Running {
  /** Null: its package is not in the store any more. */
  readonly plan: ExecutableProcess | null;
  readonly title: Texts;
}

/** Reads them. */
export interface Packages {
  readonly of: (instance: ProcessInstance) => Promise<Running>;
}

/** Titles that are kept in memory. */
const MOST_TITLES = 500;

/** Makes the reader; what it has read once it keeps, for packages never change. */
export function createPackages(store: Store, registry: Registry): Packages {
  const titles = new Map<string, Promise<Readonly<Record<string, Texts>>>>();
  const titlesOf = (hash: string) => {
    const known = titles.get(hash) ?? readTitles(store, hash);
    titles.set(hash, known);
    known.catch(() => titles.delete(hash));
    const [oldest] = titles.keys();
    if (titles.size > MOST_TITLES && oldest !== undefined) titles.delete(oldest);
    return known;
  };
  return {
    of: async ({ processId, definitionVersion: version, definitionHash: hash }) => {
      const plan = await planOf(registry, { processId, version, hash });
      const title = own(await titlesOf(hash), processId);
      return { plan, title: title ?? inBoth(plan?.name ?? processId) };
    },
  };
}

/** A text that is the same in both languages. Class: pure. */
export const inBoth = (text: string): Texts => ({ en: text, 'pt-BR': text });

async function planOf(
  registry: Registry,
  definition: Parameters<Registry['process']>[0],
): Promise<ExecutableProcess | null> {
  try {
    return await registry.process(definition);
  } catch (error) {
    if (error instanceof InvariantError) return null;
    throw error;
  }
}

async function readTitles(
  { definitions }: Store,
  hash: string,
): Promise<Readonly<Record<string, Texts>>> {
  const found = await definitions.package(hash);
  const text = found?.files[DESCRIPTION_FILE];
  if (text === undefined) return {};
  const { description } = readDescription(String(text), DESCRIPTION_FILE);
  return description === null ? {} : { [description.key]: description.title };
}
