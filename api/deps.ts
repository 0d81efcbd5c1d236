/** What the routes lean on. */
import type { Operate } from '../contracts/operate.js';
import type { Designer } from '../designer/index.js';
import type { Fault } from '../engine/errors/index.js';
import type { ExecutableProcess, Migration } from '../engine/model/index.js';
import type { MigrationPreview } from '../engine/step/index.js';
import type { Registry } from '../registry/index.js';
import type { Store } from '../store/index.js';
import type { LinkRefusal } from '../store/registry/index.js';
import type { IdentityDeps } from './identities/deps.js';
import type { WebApp } from './pages/web-app.js';
import { Problem } from './problem.js';
import type { Readiness } from './readiness.js';
import type { RecordsDeps } from './records/deps.js';
import type { WebhookDeps } from './webhooks/deps.js';

/** A package that may be fetched. */
export interface Download {
  /** For the name of the file. */
  readonly exportId: string;
  readonly bytes: number;
  readonly plain: AsyncIterable<Uint8Array>;
}

/** What the app does. */
export interface AppDeps {
  /** Uses an access link up, and lets the process know. @returns whether there was one */
  readonly useAccess: (token: string) => Promise<boolean>;
  /** Takes one download of a link, and writes down who took it. */
  readonly openExport: (token: string, address: string) => Promise<Download | LinkRefusal>;
  /** Which of what the app stands on does not answer now. */
  readonly readiness: Readiness;
  /** The other routes take no token of a link: they ask who calls. */
  readonly identities: IdentityDeps;
  readonly camunda: CamundaDeps;
  readonly records: RecordsDeps;
  readonly designer: DesignerDeps;
  readonly webhooks: WebhookDeps;
}

/** What the designer's place leans on besides. */
export interface DesignerDeps {
  /** Judges, plays and compares, beside the event loop. */
  readonly designer: Pick<Designer, 'run'>;
  /** Whether every publication needs a second person. */
  readonly byTwo: boolean;
  /** What a migration to a process that is not deployed yet would do to an instance. */
  readonly foresee: (
    instanceId: string,
    migration: Migration,
    after: ExecutableProcess,
  ) => Promise<MigrationPreview | Fault>;
}

/** What the routes of Camunda's API lean on. */
export interface CamundaDeps {
  /** Reads come from here, never from a workflow. */
  readonly store: Store;
  /** What is done, with its row in the audit. */
  readonly operate: Operate;
  /** What instances run: their calendars, what is promised, their forms. */
  readonly registry: Registry;
  /** What cursors are signed with: the same in every process. */
  readonly cursorSecret: Buffer;
  readonly version: string;
}

/** Until the engine runs there is nothing to lean on. */
export interface AppState {
  deps: AppDeps | null;
  /** Where pages of ours come from, as `https://jornada.example`; known once the app listens. */
  origin: string;
  /** The built web app; left out: there is none, and its pages answer so. */
  web?: WebApp;
}

/** What there is to lean on. Errors: `HTTP_NOT_READY`. */
export function depsOf({ deps }: AppState): AppDeps {
  if (!deps) throw new Problem('HTTP_NOT_READY');
  return deps;
}
