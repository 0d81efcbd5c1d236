/** Definitions: packages, and what deployments made of them. */
import type { Queryable } from '../database.js';
import { companionsOf, keepCompanions } from './companions.js';
import { type Deployment, type DeploymentResult, deploy } from './deploy.js';
import { listPackages, type PackageRow, type PackageVersion, versionsOf } from './package-list.js';
import { type Package, readPackage, savePackage } from './packages.js';
import { createProcesses, type Processes } from './processes.js';
import { createRequirements, type RequirementsReader } from './requirements.js';
import { createResources, type Resources } from './resources.js';

export type { Deployed, Deployment, DeploymentResult } from './deploy.js';
export type { PackageRow, PackageVersion } from './package-list.js';
export type { Package } from './packages.js';
export type {
  ListedProcess,
  NamedStart,
  NewProcess,
  ProcessDefinition,
  Processes,
  Requirements,
  TimerStart,
} from './processes.js';
export type { DecisionRequirements, ListedDecision } from './requirements.js';
export type {
  NewResource,
  ResourceDefinition,
  ResourceKind,
  Resources,
} from './resources.js';

/** All definitions. */
export interface Definitions {
  /** Saves a package; a repetition changes nothing. Errors: `STORE_PACKAGE_CONFLICT`. */
  readonly savePackage: (saved: Package) => Promise<void>;
  /** One package by its hash, or null. */
  readonly package: (hash: string) => Promise<Package | null>;
  /** Packages by key, each with what is newest of it. @param after - a key: the page begins behind it */
  readonly packages: (limit: number, after: string | null) => Promise<readonly PackageRow[]>;
  /** What was deployed of a package, newest first. */
  readonly versions: (key: string, limit: number) => Promise<readonly PackageVersion[]>;
  /** Tests and pages that lie beside a package. */
  readonly companions: (hash: string) => Promise<Package['files']>;
  /** Keeps them, in the place of those that were there. */
  readonly keepCompanions: (hash: string, files: Package['files']) => Promise<void>;
  /** Deploys packages in one transaction, all or none; see `deploy`. */
  readonly deploy: (deployments: readonly Deployment[]) => Promise<readonly DeploymentResult[]>;
  readonly processes: Processes;
  readonly decisions: Resources;
  readonly forms: Resources;
  readonly requirements: RequirementsReader;
}

/** Makes the group. */
export function createDefinitions(db: Queryable): Definitions {
  return {
    savePackage: (saved) => savePackage(db, saved),
    package: (hash) => readPackage(db, hash),
    packages: (limit, after) => listPackages(db, limit, after),
    versions: (key, limit) => versionsOf(db, key, limit),
    companions: (hash) => companionsOf(db, hash),
    keepCompanions: (hash, files) => keepCompanions(db, hash, files),
    deploy: (deployments) => deploy(db, deployments),
    processes: createProcesses(db),
    decisions: createResources(db, 'decision'),
    forms: createResources(db, 'form'),
    requirements: createRequirements(db),
  };
}
