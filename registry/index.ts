/**
 * The registry: immutable packages in, compiled processes out. A package is compiled once in a process and kept; what
 * an instance pins is found by hash, so the store is asked only for what was never seen here.
 */

import type { ResolveCallInput } from '../contracts/correlation.js';
import type { DefinitionRef } from '../contracts/instance.js';
import { parseDmn } from '../engine/decisions/parse/index.js';
import { type Finding, InvariantError } from '../engine/errors/index.js';
import type { DecisionPlan, ExecutableProcess, Json } from '../engine/model/index.js';
import type {
  Deployed,
  NamedStart,
  NewProcess,
  ProcessDefinition,
  Requirements,
  ResourceDefinition,
  Store,
  Deployment as Stored,
} from '../store/index.js';
import type { Mode, ProcessOrigin } from './compile-sources.js';
import { type CompiledPackage, compilePackage, hashPackage, type PackageFiles } from './package.js';

export { meant } from '../engine/model/index.js';
export {
  type CompiledResource,
  type CompiledSources,
  compileSources,
  type Mode,
  type SourceFile,
  type Sources,
  type Surroundings,
  textOf,
} from './compile-sources.js';
export { DESCRIPTION_FILE, misnamedDescription, readDeclarations } from './declarations.js';
export { readDescription } from './description.js';
export { modelOf } from './model-of.js';
export {
  type CompiledPackage,
  compilePackage,
  hashPackage,
  type PackageFiles,
} from './package.js';
export { isCompanion, isDeployedPart, partsOf } from './parts.js';
export { type Retained, readRetention, termsOf } from './retention-terms.js';

/** A package to deploy. */
export interface NewPackage {
  readonly key: string;
  readonly files: PackageFiles;
}

/** Packages to deploy together: they know each other's processes. */
export interface Deployment {
  readonly packages: readonly NewPackage[];
  readonly deployedAt: string;
  readonly mode: Mode;
  /** Processes of further packages that are deployed at the same time. */
  readonly alongside: readonly string[];
}

/** What the deployment of a package came to. `ok` false: a finding refuses it, or another that it came with. */
export interface DeployReport {
  readonly ok: boolean;
  readonly hash: string;
  readonly findings: readonly Finding[];
  readonly processes: readonly Deployed<ProcessDefinition>[];
  readonly resources: readonly Deployed<ResourceDefinition>[];
}

/** The registry of a process. */
export interface Registry {
  /**
   * Validates, compiles and stores packages, all or none: with a finding that is an error nothing is stored.
   *
   * Errors: those of the store. @returns a report a package, in their order
   */
  readonly deploy: (deployment: Deployment) => Promise<readonly DeployReport[]>;
  /** What of these processes is deployed; what a call may name besides its own package. */
  readonly known: (processIds: readonly string[]) => Promise<readonly string[]>;
  /** The compiled process that an instance pins. Rejects when store and memory do not have it. */
  readonly process: (definition: DefinitionRef) => Promise<ExecutableProcess>;
  /** The decisions of one file of a package, by id; empty where there is no such file. Rejects when the store is down. */
  readonly decisions: (
    hash: string,
    path: string,
  ) => Promise<Readonly<Record<string, DecisionPlan>>>;
  /** The definition that a call goes to (S77); null when there is none. Rejects when the store is down. */
  readonly resolveCall: (input: ResolveCallInput) => Promise<DefinitionRef | null>;
  /** The latest version of a process, or the one named; null when there is none. */
  readonly find: (processId: string, version: number | null) => Promise<DefinitionRef | null>;
}

/** Packages kept compiled; the longest unused goes first. */
const MOST_PACKAGES = 200;

/** Makes the registry over a store. Class: side effect. */
export function createRegistry(store: Pick<Store, 'definitions'>): Registry {
  const { definitions } = store;
  const kept = new Map<string, Promise<CompiledPackage>>();
  const files = new Map<string, Promise<Readonly<Record<string, DecisionPlan>>>>();
  const compiled = (hash: string): Promise<CompiledPackage> => {
    const known = kept.get(hash) ?? readPackage(store, hash);
    keep(kept, hash, known);
    known.catch(() => kept.delete(hash));
    return known;
  };
  return {
    known: knownIn(store, []),
    deploy: async (deployment) => {
      const judged = await judge(store, deployment);
      const isRefused = judged.some(({ made }) =>
        made.findings.some(({ severity }) => severity !== 'warning'),
      );
      const { deployedAt } = deployment;
      const stored = isRefused
        ? []
        : await definitions.deploy(judged.map((one) => ({ ...toStored(one), deployedAt })));
      return judged.map(({ hash, made }, index) => {
        const { processes, resources } = stored[index] ?? { processes: [], resources: [] };
        if (!isRefused) keep(kept, hash, Promise.resolve(made));
        return { ok: !isRefused, hash, findings: made.findings, processes, resources };
      });
    },
    process: async ({ processId, hash }) => {
      const { processes } = await compiled(hash);
      const process = processes.find(({ id }) => id === processId);
      if (!process) throw new InvariantError(`package ${hash} has no process ${processId}`);
      return process;
    },
    decisions: (hash, path) => {
      const key = `${hash}/${path}`;
      const known = files.get(key) ?? readDecisions(store, hash, path);
      keep(files, key, known);
      known.catch(() => files.delete(key));
      return known;
    },
    resolveCall: async ({ caller, processId, binding, versionTag }) => {
      const { processes } = definitions;
      if (binding === 'latest') return toRef(await processes.latest(processId));
      if (binding === 'versionTag')
        return toRef(await processes.byTag(processId, versionTag ?? ''));
      return toRef(await processes.byHash(processId, caller.hash));
    },
    find: async (processId, version) => {
      const { processes } = definitions;
      const found =
        version === null ? processes.latest(processId) : processes.byVersion(processId, version);
      return toRef(await found);
    },
  };
}

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_PACKAGES && oldest !== undefined) kept.delete(oldest);
}

interface Judged extends NewPackage {
  readonly hash: string;
  readonly made: CompiledPackage;
}

async function judge(
  store: Pick<Store, 'definitions'>,
  { packages, mode, alongside }: Deployment,
): Promise<readonly Judged[]> {
  const together = [...alongside];
  if (packages.length > 1) {
    for (const { files } of packages) together.push(...(await compilePackage(files)).processIds);
  }
  const known = knownIn(store, together);
  const judged: Judged[] = [];
  for (const { key, files } of packages) {
    const made = await compilePackage(files, { mode, known, isDeployed: false });
    judged.push({ key, files, hash: hashPackage(files), made });
  }
  return judged;
}

function toStored({ key, files, hash, made }: Judged): Omit<Stored, 'deployedAt'> {
  const resources = made.resources.map(({ kind, id, name, path, requirements }) => ({
    kind,
    requirements,
    resourceId: id,
    versionTag: null,
    name,
    path,
  }));
  return {
    package: { hash, key, files },
    processes: made.processes.map((one) => toNewProcess(one, made.origins[one.id])),
    resources,
  };
}

/** Looks processes up in the store, but for those that are deployed at the same time. */
const knownIn =
  ({ definitions }: Pick<Store, 'definitions'>, alongside: readonly string[]) =>
  async (processIds: readonly string[]): Promise<readonly string[]> => {
    const found = await Promise.all(
      processIds.map(
        async (id) => alongside.includes(id) || (await definitions.processes.latest(id)),
      ),
    );
    return processIds.filter((_id, index) => found[index]);
  };

async function readPackage(
  { definitions }: Pick<Store, 'definitions'>,
  hash: string,
): Promise<CompiledPackage> {
  const found = await definitions.package(hash);
  if (!found) throw new InvariantError(`the store has no package ${hash}`);
  return compilePackage(found.files, { mode: 'compat', known: null, isDeployed: true });
}

/** What a decision requires stands in its own file. */
async function readDecisions(
  { definitions }: Pick<Store, 'definitions'>,
  hash: string,
  path: string,
): Promise<Readonly<Record<string, DecisionPlan>>> {
  const found = await definitions.package(hash);
  const text = found?.files[path];
  if (text === undefined) return {};
  const { decisions } = await parseDmn(text, path);
  return Object.fromEntries(decisions.map((plan) => [plan.id, plan]));
}

/** How a stored definition is pinned. Class: pure. */
export function toRef(found: ProcessDefinition | null): DefinitionRef | null {
  if (!found) return null;
  const { processId, version, packageHash } = found;
  return { processId, version, hash: packageHash };
}

function toNewProcess(
  { id, name, versionTag, starts }: ExecutableProcess,
  origin: ProcessOrigin | undefined,
): NewProcess {
  const named = (trigger: 'message' | 'signal'): readonly NamedStart[] =>
    starts
      .filter((start) => start.trigger === trigger)
      .map((start) => ({ name: start.name ?? '', elementId: start.elementId }));
  const requirements: Requirements = {
    messageStarts: named('message'),
    signalStarts: named('signal'),
    timerStarts: starts
      .filter(({ timer }) => timer !== null)
      .map(({ elementId, timer }) => ({ elementId, timer: timer as unknown as Json })),
  };
  const { path = '', startFormId = null } = origin ?? {};
  return { processId: id, name, versionTag, requirements, path, startFormId };
}
