/** Deployment: packages and everything that they define, all or nothing. */
import { sql } from 'drizzle-orm';
import type { Queryable } from '../database.js';
import { type Package, savePackage } from './packages.js';
import {
  createProcesses,
  type NewProcess,
  type ProcessDefinition,
  processDefinitions,
} from './processes.js';
import { numberFile } from './requirements.js';
import {
  createResources,
  type NewResource,
  type ResourceDefinition,
  resourceDefinitions,
} from './resources.js';

/** One package that is deployed. `deployedAt` is ISO 8601 UTC. */
export interface Deployment {
  readonly package: Package;
  readonly processes: readonly NewProcess[];
  readonly resources: readonly NewResource[];
  readonly deployedAt: string;
}

/** One definition of a deployment; `isNew` is false when its latest version had this content already. */
export type Deployed<Definition> = Definition & { readonly isNew: boolean };

/** What a deployment made, in the order of what it brought. */
export interface DeploymentResult {
  readonly processes: readonly Deployed<ProcessDefinition>[];
  readonly resources: readonly Deployed<ResourceDefinition>[];
}

/** Any number that nobody else in the database locks: the letters "deploy" in ASCII. */
const ADVISORY_LOCK = 0x6465706c6f79;

/**
 * Deploys packages that belong together in one transaction, in their order; deployments wait for each other, so versions have no gaps.
 *
 * A process whose latest version is of the same package keeps that version, for it pins what it shows and decides by;
 * a form or a file of decisions that has not changed keeps its version in any package. Content of an older version,
 * deployed again, becomes the latest. Errors: `STORE_PACKAGE_CONFLICT`. Class: side effect.
 */
export async function deploy(
  db: Queryable,
  deployments: readonly Deployment[],
): Promise<readonly DeploymentResult[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    const results: DeploymentResult[] = [];
    for (const deployment of deployments) results.push(await deployPackage(tx, deployment));
    return results;
  });
}

async function deployPackage(tx: Queryable, deployment: Deployment): Promise<DeploymentResult> {
  await savePackage(tx, deployment.package);
  const { hash: packageHash, files } = deployment.package;
  const context = { tx, packageHash, files, deployedAt: deployment.deployedAt };
  const processes: Deployed<ProcessDefinition>[] = [];
  for (const process of deployment.processes) {
    processes.push(await deployProcess(context, process));
  }
  const resources: Deployed<ResourceDefinition>[] = [];
  for (const resource of deployment.resources) {
    resources.push(await deployResource(context, resource));
  }
  return { processes, resources };
}

interface Context {
  readonly files: Package['files'];
  readonly tx: Queryable;
  readonly packageHash: string;
  readonly deployedAt: string;
}

async function deployProcess(
  { tx, packageHash, deployedAt }: Context,
  process: NewProcess,
): Promise<Deployed<ProcessDefinition>> {
  const latest = await createProcesses(tx).latest(process.processId);
  if (latest?.packageHash === packageHash) return { ...latest, isNew: false };
  const row = { ...process, packageHash, deployedAt, version: (latest?.version ?? 0) + 1 };
  await tx.insert(processDefinitions).values(row);
  return { ...row, isNew: true };
}

async function deployResource(
  { tx, packageHash, deployedAt, files }: Context,
  resource: NewResource,
): Promise<Deployed<ResourceDefinition>> {
  const resources = createResources(tx, resource.kind);
  const same = await resources.unchanged(resource.resourceId, files[resource.path] ?? '');
  if (same) return { ...same, isNew: false };
  const latest = await resources.latest(resource.resourceId);
  const { requirements, ...rest } = resource;
  const row = { ...rest, packageHash, deployedAt, version: (latest?.version ?? 0) + 1 };
  await tx.insert(resourceDefinitions).values(row);
  if (requirements !== null) {
    const { id: requirementsId, name } = requirements;
    await numberFile(tx, { requirementsId, name, packageHash, path: row.path, deployedAt });
  }
  return { ...row, isNew: true };
}
