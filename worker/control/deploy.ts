/** Deploys packages, all or nothing: one that is refused keeps the others out too. Class: side effect. */
import type { DeployedRow, FindingRow, OperationOutput } from '../../contracts/control.js';
import type { Finding } from '../../engine/errors/index.js';
import {
  type CompiledResource,
  compilePackage,
  type DeployReport,
  hashPackage,
  type PackageFiles,
} from '../../registry/index.js';
import type { Deployed, ProcessDefinition, Store } from '../../store/index.js';
import type { ControlParts, Operation } from './parts.js';

interface Judged {
  readonly key: string;
  readonly files: PackageFiles;
  readonly compiled: Awaited<ReturnType<typeof compilePackage>>;
}

interface Stored {
  readonly key: string;
  readonly files: PackageFiles;
  readonly report: DeployReport | undefined;
}

/** Judges every package first; stores none when a finding refuses one. `isDryRun` stores none at all. */
export const deploy: Operation<'deploy'> = async (parts, { packages, isDryRun }) => {
  const alongside: string[] = [];
  for (const { files } of packages) alongside.push(...(await compilePackage(files)).processIds);
  const known = async (ids: readonly string[]): Promise<readonly string[]> => [
    ...alongside,
    ...(await parts.registry.known(ids)),
  ];
  const judged: Judged[] = [];
  for (const { key, files } of packages) {
    const surroundings = { mode: 'strict', known, isDeployed: false } as const;
    judged.push({ key, files, compiled: await compilePackage(files, surroundings) });
  }
  const findings = judged.flatMap(({ key, compiled }) => findingsOf(key, compiled.findings));
  const isAccepted = findings.every(({ severity }) => severity === 'warning');
  if (!isAccepted) return { isAccepted, deployed: [], findings };
  if (isDryRun) {
    const rows = await Promise.all(judged.map((one) => foreseen(parts.store, one)));
    return { isAccepted, deployed: rows.flat(), findings };
  }
  return store(parts, judged);
};

/** Files are named with their package. */
function findingsOf(key: string, findings: readonly Finding[]): readonly FindingRow[] {
  return findings.map((one) => ({
    ...one,
    file: one.file === null ? key : `${key}/${one.file}`,
  }));
}

/** Stores them in one transaction. What was judged here is judged again there, and that holds. */
async function store(
  { engine }: ControlParts,
  judged: readonly Judged[],
): Promise<OperationOutput<'deploy'>> {
  const reports = await engine.deployAll(judged.map(({ key, files }) => ({ key, files })));
  const named = judged.map(({ key, files }, index) => ({ key, files, report: reports[index] }));
  return {
    isAccepted: reports.every(({ ok }) => ok),
    deployed: named.flatMap(rowsOf),
    findings: named.flatMap(({ key, report }) => findingsOf(key, report?.findings ?? [])),
  };
}

function rowsOf({ key, files, report }: Stored): readonly DeployedRow[] {
  const { processes = [], resources = [] } = report ?? {};
  return [
    ...processes.map(({ processId: id, ...row }) => processRow(key, files, id, row)),
    ...resources.map(({ kind, resourceId: id, path, version, isNew }) => ({
      package: key,
      file: path,
      type: kind,
      id,
      version,
      isNew,
    })),
  ];
}

/** What a deployment would make of a package. */
async function foreseen(
  store: Store,
  { key, files, compiled }: Judged,
): Promise<readonly DeployedRow[]> {
  const hash = hashPackage(files);
  const processes = compiled.processes.map(async ({ id }) =>
    processRow(key, files, id, foreseenProcess(await latest(store, id), hash)),
  );
  const resources = compiled.resources.map(async (one) => ({
    package: key,
    ...(await foreseenResource(store, one, files[one.path] ?? '')),
  }));
  return Promise.all([...processes, ...resources]);
}

/** Nothing new when its file has not changed. */
async function foreseenResource(
  { definitions }: Store,
  { kind, id, path }: CompiledResource,
  text: string,
): Promise<Omit<DeployedRow, 'package'>> {
  const group = kind === 'decision' ? definitions.decisions : definitions.forms;
  const same = await group.unchanged(id, text);
  const version = same?.version ?? ((await group.latest(id))?.version ?? 0) + 1;
  return { file: path, type: kind, id, version, isNew: same === null };
}

function processRow(
  key: string,
  files: PackageFiles,
  id: string,
  { version, isNew }: Known,
): DeployedRow {
  return { package: key, file: fileOf(files, id), type: 'process', id, version, isNew };
}

type Known = Pick<Deployed<ProcessDefinition>, 'version' | 'isNew'>;

function latest(store: Store, processId: string): Promise<ProcessDefinition | null> {
  return store.definitions.processes.latest(processId);
}

function foreseenProcess(found: ProcessDefinition | null, hash: string): Known {
  if (found?.packageHash === hash) return { version: found.version, isNew: false };
  return { version: (found?.version ?? 0) + 1, isNew: true };
}

/** The file that holds a process: a call to it elsewhere names its id as well. */
function fileOf(files: PackageFiles, processId: string): string {
  const models = Object.keys(files).filter((path) => path.endsWith('.bpmn'));
  const holds = (path: string): boolean =>
    Array.from((files[path] ?? '').matchAll(PROCESS_ID)).some(([, id]) => id === processId);
  return models.find(holds) ?? models[0] ?? '';
}

const PROCESS_ID = /<(?:[\w-]+:)?process\b[^>]*?\sid\s*=\s*["']([^"']*)["']/g;
