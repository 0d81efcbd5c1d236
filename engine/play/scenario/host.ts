/**
 * What runs a scenario: the in-memory host, or a durable one. The runner knows nothing else of it, so that a
 * scenario means the same everywhere. Instants are ISO 8601 UTC with milliseconds.
 */
import type {
  Answer,
  ExecutableProcess,
  InstanceState,
  JournalEntry,
  Variables,
} from '../../model/index.js';
import type { Command, JobProvider, Publication } from '../types.js';

/** A file by the path that findings name it by. */
export interface SourceFile {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** The files of a deployment. */
export interface DeploymentSources {
  readonly models: readonly SourceFile[];
  readonly decisions: readonly SourceFile[];
  readonly forms: readonly SourceFile[];
  /** `process.yaml` of the packages: what variables their processes take. */
  readonly descriptions?: readonly SourceFile[];
}

/** What a host is made from: the processes, and the sources for a host that deploys them itself. */
export interface ScenarioSetup {
  readonly processes: readonly ExecutableProcess[];
  readonly sources: DeploymentSources;
  readonly now: string;
  readonly answer: JobProvider;
  /** Whether timer start events run by themselves from the beginning. */
  readonly armsStartTimers: boolean;
}

/** One instance as a scenario sees it. */
export interface InstanceView {
  readonly id: string;
  readonly process: ExecutableProcess;
  readonly state: InstanceState;
  /** Variables of the process scope, also after the end. */
  readonly variables: Variables;
}

/** One journal entry and whose it is. */
export interface TracedEntry {
  readonly instanceId: string;
  readonly processId: string;
  readonly entry: JournalEntry;
}

/** A run at rest: instances in the order of their creation, the journal of all in order of time. */
export interface RunView {
  readonly instances: readonly InstanceView[];
  readonly journal: readonly TracedEntry[];
}

/** A host for one run. Every method returns when the run is at rest at the present instant. */
export interface ScenarioHost {
  now(): string;
  start(
    processId: string,
    elementId: string | null,
    variables: Variables,
  ): Promise<{ readonly instanceId: string | null; readonly answer: Answer }>;
  /** Null: done; else why not. */
  publish(publication: Publication): Promise<string | null>;
  broadcast(name: string, variables: Variables): Promise<void>;
  send(instanceId: string, command: Command): Promise<Answer | null>;
  advanceTo(at: string): Promise<void>;
  look(): Promise<RunView>;
  close(): Promise<void>;
}

/** Makes a host for one run. */
export type CreateScenarioHost = (setup: ScenarioSetup) => Promise<ScenarioHost>;
