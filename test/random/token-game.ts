/**
 * The token game of unstructured levels, played a second time: written from `docs/semantics.md` alone (S02, S18–S29,
 * S33–S36, S46, S47, S71), with joins that enumerate paths. It tells what is entered and completed, in order, where
 * tokens wait and which joins are dead.
 */
import { MOVES } from './graph-drawing.js';
import type { Edge, Graph, GraphNode } from './graphs.js';
import { type Place, type Reading, reached } from './paths.js';

/** A loop without a wait. */
export class Endless extends Error {}

/** One activation of a service task or sub-process. `nth` activation of its node. */
interface Activity {
  readonly node: GraphNode;
  readonly nth: number;
  readonly level: Level;
  /** Boundary events that can still happen. */
  readonly armed: Set<string>;
  readonly inside: Set<Level>;
  /** Inner instances that have begun, and those that have ended. */
  begun: number;
  ended: number;
}

/** One activation of a level. `index` counts the inner instances of a multi-instance body. */
interface Level {
  readonly graph: Graph;
  readonly owner: Activity | null;
  readonly index: number | null;
  readonly moving: Set<Place>;
  /** Tokens that wait on flows into joins. */
  readonly held: Map<string, number>;
  readonly activities: Set<Activity>;
  readonly dead: Set<string>;
  isTerminated: boolean;
}

type Move =
  | { readonly kind: 'arrive'; readonly level: Level; readonly place: Place }
  | { readonly kind: 'inner'; readonly body: Activity }
  | { readonly kind: 'close'; readonly level: Level }
  | { readonly kind: 'closeBody'; readonly body: Activity };

export class TokenGame {
  /** `+id` entered, `-id` completed. */
  trace: string[] = [];
  /** How many joins fired. */
  firings = 0;
  private readonly levels = new Set<Level>();
  private readonly counts = new Map<string, number>();
  private agenda: Move[] = [];
  private moves = 0;

  constructor(graph: Graph) {
    this.open(graph, null, null);
  }

  // What happens from outside.

  /** Until nothing moves. @throws Endless */
  run(): void {
    this.moves = 0;
    for (;;) {
      if (this.fireInclusive()) continue;
      const move = this.agenda.shift();
      if (move === undefined) break;
      this.make(move);
    }
    for (const level of this.levels) {
      for (const join of this.joins(level))
        if (this.isStarved(level, join)) level.dead.add(join.id);
    }
  }

  /** The job of an activation is done. */
  finish(node: string, nth: number): void {
    this.complete(this.activity(node, nth));
  }

  /** The timer of a boundary event is due. */
  fire(event: string, node: string, nth: number): void {
    const host = this.activity(node, nth);
    const boundary = host.level.graph.nodes.find(({ id }) => id === event) as GraphNode;
    host.armed.delete(event);
    if (boundary.isInterrupting) this.cancel(host);
    this.pass(host.level, boundary);
  }

  // What shows.

  get isOver(): boolean {
    return this.levels.size === 0;
  }

  /** Flows on which tokens wait, and how many, level by level. */
  held(): string[] {
    return [...this.levels].flatMap(({ held }) => [...held].map(([id, n]) => `${id} ${n}`)).sort();
  }

  /** Joins that can never fire. */
  dead(): string[] {
    return [...this.levels].flatMap(({ dead }) => [...dead]).sort();
  }

  /** Joins at which tokens wait. */
  blocked(): string[] {
    return [...this.levels].flatMap((level) =>
      this.joins(level)
        .filter((join) => this.into(level, join).some(({ id }) => level.held.has(id)))
        .map(({ id }) => id),
    );
  }

  /** Whether something can still happen. */
  get isAwaited(): boolean {
    const all = [...this.levels].flatMap(({ activities }) => [...activities]);
    return all.some(({ node, armed }) => node.kind === 'serviceTask' || armed.size > 0);
  }

  /** Takes a join as dead that waits for others which wait for it: one, for then something is wrong (S05). */
  giveUp(join: string): void {
    const isHere = ({ graph }: Level): boolean => graph.nodes.some(({ id }) => id === join);
    [...this.levels].find(isHere)?.dead.add(join);
  }

  // Moves.

  private make(move: Move): void {
    if (move.kind === 'arrive') this.arrive(move.level, move.place);
    else if (move.kind === 'inner') this.beginInner(move.body);
    else if (move.kind === 'close') this.close(move.level);
    else this.complete(move.body);
  }

  private count(): void {
    this.moves += 1;
    if (this.moves > MOVES) throw new Endless();
  }

  private arrive(level: Level, place: Place): void {
    level.moving.delete(place);
    this.count();
    const to = 'node' in place ? place.node : this.edge(level, place.flow).to;
    const node = level.graph.nodes.find(({ id }) => id === to) as GraphNode;
    const flows = this.into(level, node);
    if ('node' in place || flows.length < 2 || !isJoin(node)) {
      this.enter(level, node);
      return;
    }
    level.held.set(place.flow, (level.held.get(place.flow) ?? 0) + 1);
    const isFull = flows.every(({ id }) => level.held.has(id));
    if (node.kind === 'parallelGateway' && isFull) this.fireJoin(level, node);
  }

  private fireJoin(level: Level, join: GraphNode): void {
    this.firings += 1;
    level.dead.delete(join.id);
    for (const { id } of this.into(level, join)) {
      const tokens = (level.held.get(id) ?? 0) - 1;
      if (tokens > 0) level.held.set(id, tokens);
      else level.held.delete(id);
    }
    this.enter(level, join);
  }

  /** The first inclusive join that is due, in document order (S28). */
  private fireInclusive(): boolean {
    for (const level of this.levels) {
      const due = this.joins(level).find((join) => this.isDue(level, join));
      if (due === undefined) continue;
      this.count();
      this.fireJoin(level, due);
      return true;
    }
    return false;
  }

  private enter(level: Level, node: GraphNode): void {
    if (node.kind === 'serviceTask' || node.kind === 'subProcess') this.begin(level, node);
    else this.pass(level, node);
  }

  private begin(level: Level, node: GraphNode): void {
    this.trace.push(`+${node.id}`);
    const nth = (this.counts.get(node.id) ?? 0) + 1;
    this.counts.set(node.id, nth);
    const armed = new Set(
      level.graph.nodes.filter(({ host }) => host === node.id).map(({ id }) => id),
    );
    const activity = { node, nth, level, armed, inside: new Set<Level>(), begun: 0, ended: 0 };
    level.activities.add(activity);
    if (node.kind === 'serviceTask') return;
    if (node.rounds === undefined) this.open(node.inside as Graph, activity, null);
    else this.beginBody(activity, node.rounds);
  }

  private beginBody(
    body: Activity,
    { total, isSequential }: NonNullable<GraphNode['rounds']>,
  ): void {
    const first = isSequential ? Math.min(total, 1) : total;
    for (let i = 0; i < first; i += 1) this.agenda.push({ kind: 'inner', body });
    if (first === 0) this.agenda.push({ kind: 'closeBody', body });
  }

  private beginInner(body: Activity): void {
    body.begun += 1;
    this.trace.push(`+${body.node.id}`);
    this.counts.set(body.node.id, (this.counts.get(body.node.id) ?? 0) + 1);
    this.open(body.node.inside as Graph, body, body.begun);
  }

  private open(graph: Graph, owner: Activity | null, index: number | null): void {
    const level: Level = {
      graph,
      owner,
      index,
      moving: new Set(),
      held: new Map(),
      activities: new Set(),
      dead: new Set(),
      isTerminated: false,
    };
    this.levels.add(level);
    owner?.inside.add(level);
    this.put(level, { node: graph.nodes[0]?.id ?? '' });
  }

  private put(level: Level, place: Place): void {
    level.moving.add(place);
    this.agenda.push({ kind: 'arrive', level, place });
  }

  /** A node that never waits. */
  private pass(level: Level, node: GraphNode): void {
    this.trace.push(`+${node.id}`, `-${node.id}`);
    if (node.kind === 'stop') this.terminate(level);
    else if (node.kind === 'linkThrow') this.put(level, { node: node.link ?? '' });
    else this.leave(level, node);
  }

  private complete(activity: Activity): void {
    const { level, node } = activity;
    level.activities.delete(activity);
    this.trace.push(`-${node.id}`);
    this.leave(level, node);
  }

  /** Puts a token on each flow that is taken; the last one of a level closes it (S22, S25, S34). */
  private leave(level: Level, node: GraphNode): void {
    const out = level.graph.edges.filter(({ from }) => from === node.id);
    for (const { id } of taken(node, out)) this.put(level, { flow: id });
    this.closeIfEmpty(level);
  }

  private closeIfEmpty(level: Level): void {
    if (level.moving.size + level.held.size + level.activities.size > 0) return;
    this.agenda.push({ kind: 'close', level });
  }

  private close(level: Level): void {
    const { owner, index } = level;
    this.levels.delete(level);
    owner?.inside.delete(level);
    if (owner === null) return;
    if (index === null) this.complete(owner);
    else this.endInner(owner, level.isTerminated);
  }

  private endInner(body: Activity, isTerminated: boolean): void {
    const { total, isSequential } = body.node.rounds as NonNullable<GraphNode['rounds']>;
    if (!isTerminated) this.trace.push(`-${body.node.id}`);
    body.ended += 1;
    if (isSequential && body.begun < total) this.agenda.push({ kind: 'inner', body });
    else if (body.ended === total) this.agenda.push({ kind: 'closeBody', body });
  }

  /** Ends all else in the level, which then closes (S36). */
  private terminate(level: Level): void {
    level.isTerminated = true;
    this.empty(level);
    this.agenda.push({ kind: 'close', level });
  }

  private empty(level: Level): void {
    for (const activity of level.activities) this.cancel(activity);
    level.moving.clear();
    level.held.clear();
    level.dead.clear();
    this.agenda = this.agenda.filter((move) => !('level' in move && move.level === level));
  }

  private cancel(activity: Activity): void {
    for (const level of activity.inside) {
      this.empty(level);
      this.levels.delete(level);
    }
    this.agenda = this.agenda.filter((move) => !('body' in move && move.body === activity));
    activity.level.activities.delete(activity);
  }

  // Joins.

  /** Whether an inclusive join must fire now (S27), by both readings of boundary events. */
  private isDue(level: Level, join: GraphNode): boolean {
    if (join.kind !== 'inclusiveGateway') return false;
    const flows = this.into(level, join).map(({ id }) => id);
    const empty = flows.filter((flow) => !level.held.has(flow));
    if (empty.length === flows.length) return false;
    const waits = (place: Place, reading: Reading): boolean => {
      const ways = [...reached(level.graph, place, join.id, reading)];
      return ways.some((way) => empty.includes(way)) && ways.every((way) => empty.includes(way));
    };
    return this.others(level, flows).every(
      (place) => !waits(place, 'near') && !waits(place, 'far'),
    );
  }

  /** A parallel join that holds tokens, and that nothing can fill any more (S05). */
  private isStarved(level: Level, join: GraphNode): boolean {
    const flows = this.into(level, join).map(({ id }) => id);
    const empty = flows.filter((flow) => !level.held.has(flow));
    if (join.kind !== 'parallelGateway' || empty.length === flows.length) return false;
    return !this.others(level, flows).some((place) =>
      empty.some((flow) => reached(level.graph, place, join.id, 'far').has(flow)),
    );
  }

  /** Where the tokens of a level are that do not wait on these flows. */
  private others(level: Level, flows: readonly string[]): readonly Place[] {
    return [
      ...level.moving,
      ...[...level.held.keys()].filter((flow) => !flows.includes(flow)).map((flow) => ({ flow })),
      ...[...level.activities].map(({ node }) => ({ node: node.id })),
    ];
  }

  private joins(level: Level): readonly GraphNode[] {
    return level.graph.nodes.filter((node) => isJoin(node) && this.into(level, node).length > 1);
  }

  private into({ graph }: Level, { id }: GraphNode): readonly Edge[] {
    return graph.edges.filter(({ to }) => to === id);
  }

  private edge({ graph }: Level, flow: string): Edge {
    return graph.edges.find(({ id }) => id === flow) as Edge;
  }

  private activity(node: string, nth: number): Activity {
    for (const { activities } of this.levels) {
      for (const activity of activities) {
        if (activity.node.id === node && activity.nth === nth) return activity;
      }
    }
    throw new Error(`${node} is not active for the ${nth}. time`);
  }
}

const isJoin = ({ kind }: GraphNode): boolean =>
  kind === 'parallelGateway' || kind === 'inclusiveGateway';

const taken = ({ kind }: GraphNode, out: readonly Edge[]): readonly Edge[] => {
  const isSplit = kind === 'exclusiveGateway' || kind === 'inclusiveGateway';
  if (!isSplit || out.length < 2) return out;
  const holding = out.slice(0, -1).filter(({ isTrue }) => isTrue);
  if (holding.length === 0) return out.slice(-1);
  return kind === 'exclusiveGateway' ? holding.slice(0, 1) : holding;
};
