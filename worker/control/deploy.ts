/** Deploys packages, all or nothing: one that is refused keeps the others out too. Class: side effect. */
import type { DeployedRow, FindingRow } from '../../contracts/control.js';
import {
  type CompiledResource,
  compilePackage,
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
  const findings = judged.flatMap(findingsOf);
  const isAccepted = findings.every(({ severity }) => severity === 'warning');
  const deployed: DeployedRow[] = [];
  if (isAccepted) {
    for (const one of judged) {
      deployed.push(...(await deployOne(parts, one, alongside, isDryRun)));
    }
  }
  return { isAccepted, deployed, findings };
};

function findingsOf({ key, compiled }: Judged): readonly FindingRow[] {
  return compiled.findings.map((one) => ({
    ...one,
    file: one.file === null ? key : `${key}/${one.file}`,
  }));
}

async function deployOne(
  { engine, store }: ControlParts,
  { key, files, compiled }: Judged,
  alongside: readonly string[],
  isDryRun: boolean,
): Promise<readonly DeployedRow[]> {
  const hash = hashPackage(files);
  const before = await Promise.all(compiled.processes.map(({ id }) => latest(store, id)));
  const resources = await Promise.all(
    compiled.resources.map((one) => foreseenResource(store, one, files[one.path] ?? '')),
  );
  const made = isDryRun ? null : (await engine.deploy(key, files, { alongside })).processes;
  const processes = compiled.processes.map(({ id }, index) => {
    const row = made?.find(({ processId }) => processId === id) ?? foreseen(before[index], hash);
    return { package: key, file: fileOf(files, id), type: 'process', id, ...pick(row) };
  });
  return [...processes, ...resources.map((one) => ({ package: key, ...one }))];
}

/** What a deployment makes of a form or decision: nothing new when its file has not changed. */
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

type Known = Pick<Deployed<ProcessDefinition>, 'version' | 'isNew'>;

const pick = ({ version, isNew }: Known): Known => ({ version, isNew });

function latest(store: Store, processId: string): Promise<ProcessDefinition | null> {
  return store.definitions.processes.latest(processId);
}

/** What a deployment would make. */
function foreseen(found: ProcessDefinition | null | undefined, hash: string): Known {
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
