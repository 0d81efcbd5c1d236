/**
 * One step at work: the state it changes and what it has to tell. The rest of this folder are functions over
 * a run; it alone writes tables of the state, so that nothing changes without being reported.
 */
import { type Fault, InvariantError } from '../errors/index.js';
import type {
  Effect,
  ElementInstance,
  ExecutableProcess,
  FlatTable,
  FlowNodeBase,
  InstanceState,
  JournalEntry,
  JournalKind,
  Json,
  Move,
  NestedTable,
  ScopePlan,
} from '../model/index.js';
import { type Chart, chartOf, type Stop } from './chart.js';
import { noteLists, type Touched } from './touched.js';

type Row<T extends FlatTable> = InstanceState[T][string];
type Cell<T extends NestedTable> = InstanceState[T][string][string];

/** The working context of one step. Class: pure but for `state`. */
export class Run {
  readonly effects: Effect[] = [];
  readonly entries: JournalEntry[] = [];
  /** Scope instances whose joins may have become stuck: looked at when the instance is at rest (S05). */
  readonly unsettled: Set<string>;
  /** Those of them whose inclusive joins may have become free since they were last looked at (S28). */
  readonly changed: Set<string>;
  /** Sequence of the entry that leads to what happens now. */
  cause: number | null = null;
  /** Who asked for what happens now; null when it came by itself. */
  actor: string | null = null;
  /** Why things end now, as half a sentence for who comes late. */
  reason = 'ended';
  /** Moves since the last rest, those of a step that was cut included (S06). */
  moves: number;
  /** Inner instances started since the last rest, those of a step that was cut included (S06). */
  innerStarts: number;
  /** Moves of this step. */
  made = 0;
  /** About how many bytes this step has computed and sent. */
  weight = 0;
  /**
   * Element instances that this step made and that are in no table: most pass through and never are. A move
   * makes one, and few things that happen in a move another: a list is quicker to search than a set.
   */
  readonly passing: ElementInstance[] = [];
  /** Element instances that this step left waiting. */
  readonly waits: ElementInstance[] = [];
  private chart: Chart;
  private head = 0;

  constructor(
    public process: ExecutableProcess,
    readonly state: InstanceState,
    readonly at: string,
    private readonly touched: Touched | null,
    /** What a migration leads to, or why it leads nowhere; null for all else. */
    readonly target: ExecutableProcess | Fault | null = null,
  ) {
    if (touched !== null) noteLists(touched, state);
    this.unsettled = new Set(state.unsettled);
    this.moves = state.moves;
    this.innerStarts = state.innerStarts ?? 0;
    this.chart = chartOf(process);
    this.changed = new Set(state.unsettled.filter((id) => this.isWatched(state.elements[id])));
  }

  /** Goes on with another version of the process: the state has to fit it. */
  adopt(process: ExecutableProcess): void {
    this.process = process;
    this.chart = chartOf(process);
  }

  /** The node of the process with this id. */
  node(id: string): FlowNodeBase {
    const node = this.process.nodes[id];
    if (node === undefined) throw new InvariantError(`no node ${id} in ${this.process.id}`);
    return node;
  }

  /** A node as a token meets it. */
  stop(nodeId: string): Stop {
    const stop = this.chart.stops.get(nodeId);
    if (stop === undefined) throw new InvariantError(`no node ${nodeId} in ${this.process.id}`);
    return stop;
  }

  /** The node that a sequence flow leads to; undefined for what is none. */
  targetOf(flowId: string): string | undefined {
    return this.chart.flows.get(flowId);
  }

  /** Whether tokens on a level are counted, for its joins. */
  isCounted(levelId: string): boolean {
    return this.chart.counted.has(levelId);
  }

  private isWatched(scope: ElementInstance | undefined): boolean {
    return scope !== undefined && this.chart.watched.has(scope.elementId);
  }

  /** Notes that tokens of a scope instance have moved, for its joins. */
  unsettle(scope: ElementInstance): void {
    this.unsettled.add(scope.id);
    if (this.isWatched(scope)) this.changed.add(scope.id);
  }

  /** Notes that all joins have been looked at. */
  settle(): void {
    this.unsettled.clear();
    this.changed.clear();
  }

  /** The plan of a level. */
  plan(id: string): ScopePlan {
    const plan = this.process.scopes[id];
    if (plan === undefined) throw new InvariantError(`no scope ${id} in ${this.process.id}`);
    return plan;
  }

  /** A live element instance. */
  element(id: string): ElementInstance {
    const instance = this.state.elements[id];
    if (instance === undefined) throw new InvariantError(`no element instance ${id}`);
    return instance;
  }

  /** The next id for something that belongs to `elementId`. */
  nextId(elementId: string): string {
    this.state.counter += 1;
    return `${elementId}:${this.state.counter}`;
  }

  put<T extends FlatTable>(table: T, key: string, row: Row<T>): void {
    (this.state[table] as Record<string, Row<T>>)[key] = row;
    this.touched?.flat.push(table, key);
  }

  /** Notes that a record that is changed in place has changed. */
  touch(instance: ElementInstance): void {
    this.touched?.flat.push('elements', instance.id);
  }

  drop(table: FlatTable, key: string): void {
    delete this.state[table][key];
    this.touched?.flat.push(table, key);
  }

  putIn<T extends NestedTable>(table: T, outer: string, inner: string, value: Cell<T>): void {
    const rows = this.state[table] as Record<string, Record<string, Cell<T>>>;
    let row = rows[outer];
    if (row === undefined) {
      row = {};
      rows[outer] = row;
    }
    row[inner] = value;
    this.touched?.nested.push(table, outer, inner);
  }

  /** Takes one value away; an outer key without values is gone too. */
  dropIn(table: NestedTable, outer: string, inner: string): void {
    const row = this.state[table][outer];
    if (row === undefined) return;
    delete row[inner];
    this.touched?.nested.push(table, outer, inner);
    if (Object.keys(row).length === 0) delete this.state[table][outer];
  }

  dropAll(table: NestedTable, outer: string): void {
    const row = this.state[table][outer];
    if (row === undefined) return;
    delete this.state[table][outer];
    // Each name is noted: the outer key may come back in the same decision with others.
    for (const inner of Object.keys(row)) this.touched?.nested.push(table, outer, inner);
  }

  /** Writes one journal entry about an element instance (or the instance as a whole); returns its number. */
  record(
    kind: JournalKind,
    instance: ElementInstance | null,
    data: Readonly<Record<string, Json>> | null = null,
    rule: string | null = null,
  ): number {
    return this.recordAt(
      kind,
      instance?.elementId ?? null,
      instance?.id ?? null,
      instance?.parentId ?? null,
      data,
      rule,
    );
  }

  /** As `record`, for what has no element instance of its own. */
  recordAt(
    kind: JournalKind,
    elementId: string | null,
    elementInstanceId: string | null,
    scopeId: string | null,
    data: Readonly<Record<string, Json>> | null = null,
    rule: string | null = null,
  ): number {
    this.state.sequence += 1;
    const sequence = this.state.sequence;
    this.entries.push({
      sequence,
      at: this.at,
      kind,
      elementId,
      elementInstanceId,
      scopeId,
      cause: this.cause,
      actor: this.actor,
      rule,
      data,
    });
    return sequence;
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  /** Puts a move at the end of the agenda (S02). */
  push(move: Move): void {
    this.state.agenda.push(move);
  }

  /** Puts a move before all others. */
  pushFirst(move: Move): void {
    const agenda = this.state.agenda;
    if (this.head === 0) agenda.unshift(move);
    else {
      this.head -= 1;
      agenda[this.head] = move;
    }
  }

  /** The next move, which stays where it is; null when none is left. */
  get first(): Move | null {
    return this.state.agenda[this.head] ?? null;
  }

  /** Takes the next move; null when none is left. */
  next(): Move | null {
    const agenda = this.state.agenda;
    if (this.head >= agenda.length) {
      this.head = 0;
      if (agenda.length > 0) this.state.agenda = [];
      return null;
    }
    const move = agenda[this.head] as Move;
    this.head += 1;
    // A long agenda is cut now and then, so that it does not hold what was done.
    if (this.head > 1024 && this.head * 2 > agenda.length) {
      this.state.agenda = agenda.slice(this.head);
      this.head = 0;
    }
    return move;
  }

  /** Takes all moves of a scope or body off the agenda: its tokens are gone. */
  purge(ownerId: string): void {
    const rest = this.state.agenda.slice(this.head);
    this.state.agenda = rest.filter(
      (move) =>
        !('scopeId' in move && move.scopeId === ownerId) &&
        !('bodyId' in move && move.bodyId === ownerId),
    );
    this.head = 0;
  }

  /** Whether moves are left. */
  get hasMoves(): boolean {
    return this.head < this.state.agenda.length;
  }

  /** Keeps what was not taken, and what is still to be looked at, for a later step. */
  close(): void {
    if (this.head > 0) this.state.agenda = this.state.agenda.slice(this.head);
    this.head = 0;
    const isAtRest = this.state.agenda.length === 0 && this.unsettled.size === 0;
    this.state.moves = isAtRest ? 0 : this.moves;
    if (!isAtRest && this.innerStarts > 0) this.state.innerStarts = this.innerStarts;
    else if (this.state.innerStarts !== undefined) delete this.state.innerStarts;
    this.state.unsettled = [...this.unsettled];
  }
}
