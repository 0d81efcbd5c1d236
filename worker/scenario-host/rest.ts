/**
 * Whether the workflows of a run are at rest: those that something may have reached are asked until none has anything
 * to do. What one sends another stays its own until it has arrived, so that nothing can hide between the two.
 * Class: side effect. Source: F. Mattern, "Algorithms for distributed termination detection", 1987.
 */
import { type Client, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import { LOOKS, QUERIES } from '../../contracts/names.js';
import type { CorrelatorPulse, InstancePulse } from '../../contracts/pulse.js';
import { lookAt, runOf } from '../look.js';

type Pulse = InstancePulse | CorrelatorPulse;

/** What a workflow says of itself; `closed` and `absent` ones say nothing for good or yet. */
type Told<P extends Pulse = Pulse> = P | 'closed' | 'absent' | 'busy';

/** Who knows what the workflows cannot say themselves. */
export interface Watched {
  readonly client: Client;
  /** How many jobs of an instance wait for virtual time, or for their turn. */
  openJobs(instanceId: string): number;
  isClosed(instanceId: string): boolean;
  closed(workflowId: string): void;
  /** When a message correlator wants to be woken; null: never. */
  wakeAt(workflowId: string, at: string | null): void;
}

/** Watches the workflows of a run: whom something may have reached, and whether they are at rest again. */
export class Watch {
  private readonly restless = new Set<string>();
  private performing = 0;
  private hasNews = false;
  /** Activities that began or ended: while it grows, something goes on. */
  performed = 0;

  constructor(private readonly watched: Watched) {}

  /** Something is on its way to a workflow. A signal's correlator is at rest when it has answered. */
  touch(workflowId: string): void {
    if (!workflowId.startsWith('s.')) this.restless.add(workflowId);
  }

  /** As before, from another workflow and not through an activity. */
  expectNews(workflowId: string): void {
    this.hasNews = true;
    this.touch(workflowId);
  }

  /** An activity of a workflow begins or, by `change` -1, ends. */
  count(workflowId: string, change: 1 | -1): void {
    this.performed += 1;
    this.performing += change;
    this.touch(workflowId);
  }

  /**
   * Whether all are at rest. One round proves it when all that passed between workflows passed through activities and
   * none ran meanwhile; when they sent each other news by themselves, it takes two.
   */
  async isCalm(): Promise<boolean> {
    const { performed } = this;
    if (this.performing > 0) return false;
    const first = await this.round();
    if (first === null || this.performed !== performed) return false;
    if (this.hasNews) {
      const second = await this.round();
      if (second === null || this.performed !== performed || !isSame(first, second)) return false;
    }
    this.hasNews = false;
    this.restless.clear();
    return true;
  }

  /** Asks all; null: something goes on. */
  private async round(): Promise<readonly Told[] | null> {
    const asked = [...this.restless].map((workflowId) =>
      workflowId.startsWith('p.') ? this.askInstance(workflowId) : this.askCorrelator(workflowId),
    );
    const told = await Promise.all(asked);
    return told.includes('busy') ? null : told;
  }

  private async askInstance(workflowId: string): Promise<Told> {
    const { client, openJobs, isClosed, closed } = this.watched;
    const instanceId = workflowId.split('.')[2] ?? '';
    if (isClosed(instanceId)) return 'closed';
    const told = await ask(client, workflowId, () => lookAt(client, workflowId, LOOKS.pulse));
    if (told === 'closed') closed(workflowId);
    if (typeof told !== 'object') return told;
    return told.pending === 0 && told.open === openJobs(instanceId) ? told : 'busy';
  }

  private async askCorrelator(workflowId: string): Promise<Told> {
    const { client, closed, wakeAt } = this.watched;
    const query = () => client.workflow.getHandle(workflowId).query<CorrelatorPulse>(QUERIES.pulse);
    const told = await ask(client, workflowId, query);
    if (told === 'closed') closed(workflowId);
    if (told === 'busy') return told;
    wakeAt(workflowId, typeof told === 'object' ? told.wakeAt : null);
    return typeof told === 'object' && told.pending > 0 ? 'busy' : told;
  }
}

/** Asks with a client that rejects queries to closed workflows. */
async function ask<P extends Pulse>(
  client: Client,
  workflowId: string,
  pulse: () => Promise<P>,
): Promise<Told<P>> {
  try {
    return await pulse();
  } catch (error) {
    if (error instanceof QueryRejectedError) return 'closed';
    // Otherwise its first task is not done, or many ask at once.
    if (!(error instanceof WorkflowNotFoundError)) return 'busy';
    const found = await runOf(client, workflowId).catch(() => 'running' as const);
    // It began after it was asked.
    return found === 'running' ? 'busy' : found;
  }
}

/** Whether two rounds told the same of the same workflows. */
function isSame(one: readonly Told[], other: readonly Told[]): boolean {
  const turnsOf = (told: Told | undefined) => (typeof told === 'object' ? told.turns : told);
  return (
    one.length === other.length && one.every((told, at) => turnsOf(told) === turnsOf(other[at]))
  );
}
