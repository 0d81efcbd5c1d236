/** One instance of a scenario as its recorded decisions show it. */
import type { Decision, StateSource } from '../../contracts/decision.js';
import {
  applyDelta,
  type ExecutableProcess,
  type InstanceState,
  type Variables,
} from '../../engine/model/index.js';
import type { PlayInstance } from '../../engine/play/index.js';
import { createInstance, hasEnded } from '../../engine/step/index.js';

/** Its state follows the decisions in the way the workflow's own does. */
export class RunInstance implements PlayInstance {
  state: InstanceState;
  finalVariables: Variables | null = null;
  /** Decisions so far: equal twice, its state is the same. */
  decisions = 0;
  /** Whether its workflow has closed: nothing reaches it any more. */
  isClosed = false;
  /** Workflow ids of the message correlators that are told of its end. */
  startedBy: readonly string[] | null = null;
  /** Sequence number of its last journal entry. */
  journaled = 0;

  constructor(
    readonly id: string,
    readonly workflowId: string,
    readonly process: ExecutableProcess,
    /** Instance that called it, and the call. */
    readonly caller: { readonly instanceId: string; readonly childId: string } | null,
  ) {
    this.state = createInstance({ instanceId: id, processId: process.id, caller });
  }

  /** Whether its start was decided and not refused. */
  get hasStarted(): boolean {
    return this.state.status !== 'created';
  }

  get hasEnded(): boolean {
    return hasEnded(this.state);
  }

  /**
   * Goes back to where a decision starts from, when the one before it did not reach the history: Temporal drops what
   * would end a workflow that has news to hear.
   */
  rewind(source: StateSource): void {
    if (source.kind === 'whole') this.state = structuredClone(source.state);
    else if (source.kind === 'seed') this.state = createInstance(source.seed);
    if (!this.hasEnded) this.finalVariables = null;
  }

  take({ initial, delta }: Decision): void {
    this.decisions += 1;
    if (initial) this.state = structuredClone(initial);
    applyDelta(this.state, structuredClone(delta));
  }
}
