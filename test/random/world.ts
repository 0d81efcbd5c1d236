/**
 * A host in memory for random runs: instances and those that they call, and what they tell each other. Every step
 * goes through `checkedStep`, so that each invariant is looked at after each event.
 */
import type {
  Effect,
  ExecutableProcess,
  InstanceState,
  JournalEntry,
  StepResult,
  Variables,
} from '../../engine/model/index.js';
import { createInstance, hasEnded } from '../../engine/step/index.js';
import type { Sent } from '../support/core-driver.js';
import { checkedStep, createHistory, type History } from '../support/invariants.js';

/** One instance at work. */
export interface Running {
  readonly id: string;
  readonly process: ExecutableProcess;
  readonly state: InstanceState;
  readonly entries: JournalEntry[];
  readonly history: History;
  /** Calls around it. */
  readonly depth: number;
  /** Variables of the process as it ended. */
  result: Variables | null;
}

/** News for an instance that were not delivered yet. */
export interface Letter {
  readonly to: string;
  readonly event: Sent;
}

const NOBODY = { requestId: null, actor: null } as const;

export class World {
  readonly instances = new Map<string, Running>();
  readonly letters: Letter[] = [];
  /** All that was sent, for repetitions. */
  readonly sent: Letter[] = [];
  nowMs = Date.parse('2026-03-02T09:00:00.000Z');
  steps = 0;

  constructor(private readonly processes: ReadonlyMap<string, ExecutableProcess>) {}

  /** A new instance that has not started. */
  create(processId: string, id: string, caller: Running | null, childId = ''): Running | null {
    const process = this.processes.get(processId);
    if (process === undefined) return null;
    const calledBy = caller === null ? null : { instanceId: caller.id, childId };
    const running: Running = {
      id,
      process,
      state: createInstance({ instanceId: id, processId, caller: calledBy }),
      entries: [],
      history: createHistory(),
      depth: caller === null ? 0 : caller.depth + 1,
      result: null,
    };
    this.instances.set(id, running);
    return running;
  }

  get now(): string {
    return new Date(this.nowMs).toISOString();
  }

  /** Sends one event, checks the step and carries out its effects. */
  send(running: Running, event: Sent): StepResult {
    this.steps += 1;
    this.sent.push({ to: running.id, event });
    const stamped = { ...event, at: this.now } as Parameters<typeof checkedStep>[2];
    const result = checkedStep(running.process, running.state, stamped, running.history);
    running.entries.push(...result.entries);
    for (const effect of result.effects) this.carryOut(running, effect);
    checkExplained(running);
    return result;
  }

  /** Delivers a letter; what is for nobody is lost. */
  deliver(letter: Letter): void {
    const running = this.instances.get(letter.to);
    if (running !== undefined) this.send(running, letter.event);
  }

  get open(): readonly Running[] {
    return [...this.instances.values()].filter(({ state }) => !hasEnded(state));
  }

  private carryOut(from: Running, effect: Effect): void {
    const child = (id: string): string => `${from.id}/${id}`;
    switch (effect.kind) {
      case 'startChild': {
        const to = child(effect.id);
        this.create(effect.processId, to, from, effect.id);
        const { variables } = effect;
        this.letters.push({ to, event: { kind: 'start', elementId: null, variables, ...NOBODY } });
        return;
      }
      case 'cancelChild':
        this.letters.push({ to: child(effect.id), event: { kind: 'cancel', ...NOBODY } });
        return;
      case 'answerChild': {
        const { throwId, outcome } = effect;
        const event = { kind: 'throwAnswered', throwId, outcome } as const;
        this.letters.push({ to: child(effect.id), event });
        return;
      }
      case 'askCaller': {
        const { childId, instanceId } = callerOf(from);
        const { id: throwId, thrown } = effect;
        const event = { kind: 'childThrew', childId, throwId, thrown } as const;
        this.letters.push({ to: instanceId, event });
        return;
      }
      case 'endInstance': {
        from.result = effect.variables;
        if (from.state.caller === null) return;
        const { childId, instanceId } = from.state.caller;
        const { status: outcome, variables } = effect;
        const event = { kind: 'childEnded', childId, outcome, variables } as const;
        this.letters.push({ to: instanceId, event });
        return;
      }
      default:
        return;
    }
  }
}

const callerOf = ({ id, state }: Running): { instanceId: string; childId: string } => {
  if (state.caller === null) throw new Error(`${id} asks a caller that it does not have`);
  return state.caller;
};

/** An instance that lives either waits for something that can come, or says what is wrong (S34, S05). */
function checkExplained({ id, state, process }: Running): void {
  if (hasEnded(state) || state.status === 'created' || state.suspendedAt !== null) return;
  const tables = ['jobs', 'tasks', 'calls', 'interruptions', 'throws', 'incidents'] as const;
  if (tables.some((table) => Object.keys(state[table]).length > 0)) return;
  const waits = [...Object.values(state.timers), ...Object.values(state.subscriptions)];
  if (waits.some(({ elementId }) => process.nodes[elementId]?.kind !== 'startEvent')) return;
  throw new Error(`${id} neither moves nor waits: ${JSON.stringify(state)}`);
}
