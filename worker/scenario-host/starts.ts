/** How instances of a run begin by themselves: by messages and signals, once for a key, and by timers. */
import type { StartByInput, StartOutcome } from '../../contracts/correlation.js';
import type { InstanceStart } from '../../contracts/instance.js';
import type { ExecutableProcess, Variables } from '../../engine/model/index.js';
import { armStarts } from '../../engine/play/start-timers.js';
import type { VirtualClock } from './clock.js';
import type { ScenarioDefinitions } from './definitions.js';
import type { RunInstance } from './run-instance.js';

/** What starts lean on. */
export interface StartsOf {
  readonly definitions: ScenarioDefinitions;
  readonly clock: VirtualClock;
  newInstance(
    process: ExecutableProcess,
    elementId: string | null,
    variables: Variables,
    startedBy: readonly string[] | null,
  ): { readonly instance: RunInstance; readonly argument: InstanceStart };
  /** Starts it and hears whether it took its first event. */
  begin(instance: RunInstance, argument: InstanceStart): Promise<boolean>;
}

/** The starts of one run. Class: side effect. */
export class Starts {
  /** Process and key of a start → workflow id. */
  private readonly claims = new Map<string, string>();
  /** Instances that hold a key across the messages that start their process (S62). */
  private readonly holders = new Map<string, RunInstance>();

  constructor(private readonly of: StartsOf) {}

  /** Starts an instance of the newest version once for a key; null: it has no such start event. */
  async startLatest(input: StartByInput): Promise<StartOutcome | null> {
    const { processId, elementId, startKey, variables, startedBy, hold } = input;
    const process = this.of.definitions.newest.get(processId);
    if (!process?.starts.some((one) => one.elementId === elementId)) return null;
    const claim = `${processId} ${startKey}`;
    const claimed = this.claims.get(claim);
    if (claimed !== undefined) return { workflowId: claimed, isBusy: false };
    const holder = hold === null ? undefined : this.holders.get(hold.id);
    if (holder && !holder.hasEnded) return { workflowId: holder.workflowId, isBusy: true };
    const told = hold?.correlators ?? (startedBy === null ? null : [startedBy]);
    const { instance, argument } = this.of.newInstance(process, elementId, variables, told);
    this.claims.set(claim, instance.workflowId);
    if (hold !== null) this.holders.set(hold.id, instance);
    const isStarted = await this.of.begin(instance, argument);
    return isStarted ? { workflowId: instance.workflowId, isBusy: false } : null;
  }

  /** Arms the timer start events of the newest versions. */
  armTimers(): void {
    const { clock, definitions } = this.of;
    for (const process of definitions.newest.values()) {
      const start = (elementId: string): void =>
        clock.whenRung(async () => {
          const { instance, argument } = this.of.newInstance(process, elementId, {}, null);
          await this.of.begin(instance, argument);
        });
      armStarts(clock.alarms, process, () => clock.now, start);
    }
  }
}
