/** What the operations of the control socket lean on, and what each is given. Types only. */
import type { IdentityDeps } from '../../api/index.js';
import type { OperationName, OperationOutput, OperationRequest } from '../../contracts/control.js';
import type { Json } from '../../engine/model/index.js';
import type { Registry } from '../../registry/index.js';
import type { Store } from '../../store/index.js';
import type { AuditCare } from '../audit/index.js';
import type { BatchRuns } from '../batches/index.js';
import type { Connectors } from '../connectors/index.js';
import type { Customers } from '../customers/index.js';
import type { KeyProvider } from '../encryption/index.js';
import type { Engine } from '../index.js';
import type { InstanceDeletion } from '../retention/index.js';

/** A running engine and what it stands on. */
export interface ControlParts {
  readonly engine: Engine;
  /** Begins the work on batches. */
  readonly batches: BatchRuns;
  readonly deletion: InstanceDeletion;
  /** Outside systems, as the jobs of this process use them. */
  readonly connectors: Connectors;
  readonly store: Store;
  readonly registry: Registry;
  readonly keyProvider: KeyProvider;
  readonly customers: Customers;
  /** Where links to people begin. */
  readonly identities: Pick<IdentityDeps, 'people' | 'publicUrl'>;
  readonly audit: Pick<AuditCare, 'verify' | 'export'>;
  /** Whether Temporal answers, in words. */
  readonly temporalHealth: () => Promise<{ readonly isWell: boolean; readonly detail: string }>;
  readonly version: string;
  /** Absolute path of the data folder. */
  readonly folder: string;
  readonly startedAt: string;
}

/** Who asks, and the id that makes a repetition harmless. */
export interface Asker {
  readonly actor: string;
  readonly requestId: string;
  readonly reason: string | null;
  /** What the audit keeps of how it was asked, beside what the act itself tells. */
  readonly besides?: Readonly<Record<string, Json>>;
}

/** One operation: answers, or throws a `ControlFailure`. */
export type Operation<N extends OperationName> = (
  parts: ControlParts,
  input: OperationRequest<N>,
  asker: Asker,
) => Promise<OperationOutput<N>>;

/** Some operations by name. */
export type Operations<N extends OperationName> = { readonly [Name in N]: Operation<Name> };
