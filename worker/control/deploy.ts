/** Deploys packages, all or nothing: one that is refused keeps the others out too. Class: side effect. */
import type { DeployedRow, FindingRow } from '../../contracts/control.js';
import { compilePackage, hashPackage, type PackageFiles } from '../../registry/index.js';
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
  const made = isDryRun ? null : (await engine.deploy(key, files, { alongside })).processes;
  const processes = compiled.processes.map(({ id }, index) => {
    const row = made?.find(({ processId }) => processId === id) ?? foreseen(before[index], hash);
    return { package: key, file: fileOf(files, id), type: 'process', id, ...pick(row) };
  });
  const resources = await Promise.all(
    compiled.resources.map(async ({ kind, id, path }) => {
      const group = kind === 'decision' ? store.definitions.decisions : store.definitions.forms;
      const found = await group.latest(id);
      const isSame = found?.packageHash === hash;
      const version = (found?.version ?? 0) + (isSame ? 0 : 1);
      const isNew = processes.length > 0 ? processes.some((one) => one.isNew) : !isSame;
      return { package: key, file: path, type: kind, id, version, isNew };
    }),
  );
  return [...processes, ...resources];
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

/** The file that holds a process: the one in which its id stands. */
function fileOf(files: PackageFiles, processId: string): string {
  const models = Object.keys(files).filter((path) => path.endsWith('.bpmn'));
  return models.find((path) => files[path]?.includes(`"${processId}"`)) ?? models[0] ?? '';
}
