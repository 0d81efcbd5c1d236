/**
 * Drives one instance by hand: sends events to `step` with a virtual clock, and checks after each of them that
 * everything the engine promises holds. It interprets nothing.
 */
import type {
  Answer,
  Caller,
  Effect,
  EffectKind,
  ExecutableProcess,
  InstanceEvent,
  InstanceState,
  JournalEntry,
  JournalKind,
  Json,
  Modification,
  OpenTimer,
  StepResult,
  Subscription,
  Variables,
} from '../../engine/model/index.js';
import { createInstance, type StepOptions } from '../../engine/step/index.js';
import { compileFixture } from './core-fixture.js';
import { checkedStep, createHistory } from './invariants.js';

/** An event without its instant. */
export type Sent = InstanceEvent extends infer E
  ? E extends InstanceEvent
    ? Omit<E, 'at'>
    : never
  : never;

/** What a worker answers. */
export type JobResult =
  | { readonly complete: Variables }
  | { readonly fail: string }
  | { readonly error: string; readonly message?: string; readonly variables?: Variables };

const START = Date.parse('2026-03-02T09:00:00.000Z');
const MINUTE = 60_000;

/** Number of an id `${elementId}:${counter}`: smaller is older. */
const age = (id: string): number => Number(id.slice(id.lastIndexOf(':') + 1));

/** One instance under test. */
export class Driver {
  readonly state: InstanceState;
  readonly entries: JournalEntry[] = [];
  readonly effects: Effect[] = [];
  /** Everything that was sent, as text, to tell how a run came to fail. */
  readonly sent: string[] = [];
  private nowMs = START;
  private readonly history = createHistory();

  constructor(
    public process: ExecutableProcess,
    caller: Caller | null = null,
  ) {
    this.state = createInstance({ instanceId: 'under-test', processId: process.id, caller });
  }

  get now(): string {
    return new Date(this.nowMs).toISOString();
  }

  /** Lets minutes pass; nothing fires by itself. */
  wait(minutes: number): this {
    this.nowMs += minutes * MINUTE;
    return this;
  }

  /** Sends any event as it is, at the present instant. */
  send(event: Sent, options: Pick<StepOptions, 'target'> = {}): StepResult {
    this.sent.push(JSON.stringify({ ...event, at: this.now }));
    const result = checkedStep(
      this.process,
      this.state,
      { ...event, at: this.now } as InstanceEvent,
      this.history,
      options,
    );
    this.process = result.process;
    this.entries.push(...result.entries);
    this.effects.push(...result.effects);
    return result;
  }

  private ask(event: Sent, options: Pick<StepOptions, 'target'> = {}): Answer {
    const { answer } = this.send(event, options);
    if (answer === null) throw new Error(`${event.kind} got no answer`);
    return answer;
  }

  start(variables: Variables = {}, elementId: string | null = null): this {
    const answer = this.ask({ kind: 'start', elementId, variables, ...SOMEBODY });
    if (!answer.ok) throw new Error(answer.message);
    return this;
  }

  /** Completes the oldest open user task of an element. */
  complete(elementId: string, variables: Variables = {}): Answer {
    const taskId = this.only(Object.values(this.state.tasks), elementId, 'user task').id;
    return this.ask({ kind: 'taskCompleted', taskId, action: null, variables, ...SOMEBODY });
  }

  /** Answers the oldest open job of a type. */
  job(type: string, result: JobResult = { complete: {} }): StepResult {
    const jobs = Object.values(this.state.jobs).filter((job) => job.type === type);
    const [job] = jobs.sort((a, b) => age(a.id) - age(b.id));
    if (job === undefined) throw new Error(`no open job '${type}'`);
    const jobId = job.id;
    if ('complete' in result) {
      return this.send({ kind: 'jobCompleted', jobId, variables: result.complete });
    }
    if ('fail' in result) {
      return this.send({ kind: 'jobFailed', jobId, code: null, message: result.fail });
    }
    const { error: errorCode, message = '', variables = {} } = result;
    return this.send({ kind: 'jobThrew', jobId, errorCode, message, variables });
  }

  /** Goes to the due instant of the earliest timer of an element and fires it. */
  fire(elementId: string): StepResult {
    const timer = this.timer(elementId);
    this.nowMs = Math.max(this.nowMs, Date.parse(timer.series.dueAt));
    return this.send({ kind: 'timerFired', timerId: timer.id });
  }

  /** The earliest open timer of an element. */
  timer(elementId: string): OpenTimer {
    const timers = Object.values(this.state.timers).filter((row) => row.elementId === elementId);
    const [first] = timers.sort((a, b) => (a.series.dueAt < b.series.dueAt ? -1 : 1));
    if (first === undefined) throw new Error(`no open timer of '${elementId}'`);
    return first;
  }

  /** Open subscriptions by name, the one that a message is handed to first. */
  subscriptions(name: string, key: string | null = null): readonly Subscription[] {
    return Object.values(this.state.subscriptions)
      .filter((row) => row.name === name && (key === null || row.key === key))
      .sort((a, b) => b.depth - a.depth || age(a.id) - age(b.id));
  }

  /** Hands a message to the deepest, then oldest subscription of that name (S61). */
  message(name: string, variables: Variables = {}, key: string | null = null): StepResult {
    const [row] = this.subscriptions(name, key);
    if (row === undefined) throw new Error(`nobody waits for message '${name}'`);
    const messageId = `${name}-${this.entries.length}`;
    return this.send({ kind: 'messageReceived', subscriptionId: row.id, messageId, variables });
  }

  /** Broadcasts a signal to all that wait for it now. */
  signal(name: string, variables: Variables = {}): StepResult {
    const subscriptionIds = this.subscriptions(name).map(({ id }) => id);
    return this.send({ kind: 'signalReceived', subscriptionIds, variables });
  }

  /** Ids of the called instances that have not ended, oldest first. */
  children(): readonly string[] {
    return Object.keys(this.state.calls).sort((a, b) => age(a) - age(b));
  }

  childEnded(
    childId: string,
    variables: Variables = {},
    outcome: 'completed' | 'cancelled' | 'failed' = 'completed',
  ): StepResult {
    return this.send({ kind: 'childEnded', childId, outcome, variables });
  }

  cancel(): Answer {
    return this.ask({ kind: 'cancel', ...SOMEBODY });
  }

  suspend(): Answer {
    return this.ask({ kind: 'suspend', ...SOMEBODY });
  }

  resume(timers: 'keep' | 'shift' = 'keep'): Answer {
    return this.ask({ kind: 'resume', timers, ...SOMEBODY });
  }

  /** Goes on with another version, in which things may have other ids: `{ before: 'after' }`. */
  migrate(target: ExecutableProcess, ids: Readonly<Record<string, string>> = {}): Answer {
    const mappings = Object.entries(ids).map(([sourceElementId, targetElementId]) => ({
      ...{ sourceElementId, targetElementId },
    }));
    const versions = { from: { version: 1, hash: 'one' }, to: { version: 2, hash: 'two' } };
    return this.ask({ kind: 'migrate', ...versions, mappings, ...SOMEBODY }, { target });
  }

  /** Cancels, activates and moves; what is left out is empty. */
  modify(modification: Partial<Modification>): Answer {
    return this.ask({ kind: 'modify', ...NOTHING, ...modification, ...SOMEBODY });
  }

  /** Live instances of an element, oldest first. */
  live(elementId: string): readonly string[] {
    const rows = Object.values(this.state.elements).filter((row) => row.elementId === elementId);
    return rows.map(({ id }) => id).sort((a, b) => age(a) - age(b));
  }

  set(variables: Variables, scopeId: string | null = null): Answer {
    return this.ask({ kind: 'setVariables', scopeId, variables, ...SOMEBODY });
  }

  /** Resolves the oldest incident, or that of an element. */
  resolve(
    variables: Variables = {},
    how: 'retry' | 'complete' = 'retry',
    elementId: string | null = null,
  ): Answer {
    const rows = Object.values(this.state.incidents).sort((a, b) => age(a.id) - age(b.id));
    const row = rows.find((one) => elementId === null || one.elementId === elementId);
    if (row === undefined) throw new Error('no open incident');
    return this.ask({ kind: 'resolveIncident', incidentId: row.id, variables, how, ...SOMEBODY });
  }

  /** Elements that hold a token now, sorted; what waits at a join is not among them. */
  waitingAt(): readonly string[] {
    const nodes = Object.values(this.state.elements).filter(({ role }) => role === 'node');
    return nodes.map(({ elementId }) => elementId).sort();
  }

  /** Elements that a kind of entry tells about, in order. */
  told(kind: JournalKind): readonly string[] {
    return this.entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => entry.elementId ?? '');
  }

  /** Elements in the order of their completion. */
  completed(): readonly string[] {
    return this.told('elementCompleted');
  }

  /** How often an element was entered. */
  entered(elementId: string): number {
    return this.told('elementEntered').filter((id) => id === elementId).length;
  }

  /** Open incidents as `code element`, oldest first. */
  incidents(): readonly string[] {
    const rows = Object.values(this.state.incidents).sort((a, b) => age(a.id) - age(b.id));
    return rows.map(({ code, elementId }) => `${code} ${elementId}`);
  }

  /** Effects of one kind, in order. */
  emitted<K extends EffectKind>(kind: K): readonly Extract<Effect, { kind: K }>[] {
    return this.effects.filter(
      (effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind,
    );
  }

  /** Variables of the process: live, or as the instance ended with them. */
  variables(): Variables {
    const [end] = this.emitted('endInstance');
    if (end !== undefined) return end.variables;
    return this.state.variables[this.state.rootId ?? ''] ?? {};
  }

  /** Value of a variable of the process. */
  value(name: string): Json | undefined {
    return this.variables()[name];
  }

  private only<T extends { readonly id: string; readonly elementId: string }>(
    rows: readonly T[],
    elementId: string,
    what: string,
  ): T {
    const found = rows.filter((row) => row.elementId === elementId);
    const [first] = found.sort((a, b) => age(a.id) - age(b.id));
    if (first === undefined) throw new Error(`no open ${what} of '${elementId}'`);
    return first;
  }
}

const NOTHING: Modification = { cancellations: [], activations: [], moves: [] };
const SOMEBODY = { requestId: null, actor: 'cory' } as const;

/** Starts an instance of the first process of a fixture. */
export async function startFixture(
  path: string,
  variables: Variables = {},
  elementId: string | null = null,
): Promise<Driver> {
  const { process } = await compileFixture(path);
  return new Driver(process).start(variables, elementId);
}
