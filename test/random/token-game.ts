/**
 * The token game of unstructured levels, played a second time: written from `docs/semantics.md` alone (S02, S05,
 * S18–S29, S33–S37, S46–S51, S71–S75), with joins that enumerate paths. It tells what is entered and completed, in
 * order, where tokens wait and which joins are dead.
 */
import { MOVES } from './graph-drawing.js';
import type { Edge, Graph, GraphNode } from './graphs.js';
import {
  blockedJoins,
  dueJoins,
  intoOf,
  isJoin,
  type Marking,
  type Place,
  starvedJoins,
} from './paths.js';

/** A loop without a wait. */
export class Endless extends Error {}

/** One activation of what a token waits in: a task, a sub-process, an error that nobody caught. */
interface Activity {
  readonly node: GraphNode;
  /** Which activation of its node it is, counted from 1. */
  readonly nth: number;
  readonly level: Level;
  /** Boundary events that can still happen. */
  readonly armed: Set<string>;
  readonly inside: Set<Level>;
  /** Inner instances that have begun, that have ended, and that have completed. */
  begun: number;
  ended: number;
  completed: number;
}

/** One activation of a level: process, sub-process, inner instance of a body, or event sub-process. */
interface Level {
  readonly graph: Graph;
  /** The sub-process around it; null for the process and for event sub-processes. */
  readonly owner: Activity | null;
  /** The level whose event sub-process it is. */
  readonly base: Level | null;
  readonly node: string;
  readonly nth: number;
  readonly moving: Set<Place>;
  /** Tokens that wait on flows into joins. */
  readonly held: Map<string, number>;
  readonly activities: Set<Activity>;
  readonly dead: Set<string>;
  /** Event sub-processes that can still start, and those that run. */
  readonly armed: Set<GraphNode>;
  readonly handlers: Set<Level>;
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

  constructor(graph: Graph, id: string) {
    this.open(graph, { owner: null, base: null, node: id });
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
      for (const join of starvedJoins(this.marking(level))) level.dead.add(join);
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
    this.trigger(host, boundary);
  }

  /** The timer of an event sub-process is due, in the nth activation of the sub-process or process around it. */
  start(event: string, node: string, nth: number): void {
    const level = [...this.levels].find((one) => one.node === node && one.nth === nth);
    const handler = [...(level?.armed ?? [])].find(({ inside }) => inside?.nodes[0]?.id === event);
    if (level === undefined || handler === undefined) throw new Error(`${event} is not armed`);
    level.armed.delete(handler);
    if (handler.isInterrupting) {
      level.armed.clear();
      this.empty(level);
    }
    this.trace.push(`+${handler.id}`);
    const { id, inside } = handler;
    const begun = this.open(inside as Graph, { owner: null, base: level, node: id });
    level.handlers.add(begun);
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
    return [...this.levels].flatMap((level) => blockedJoins(this.marking(level)));
  }

  /** Errors that nobody caught. */
  uncaught(): string[] {
    const all = [...this.levels].flatMap(({ activities }) => [...activities]);
    return all.flatMap(({ node: { id, kind } }) => (kind === 'fail' ? [id] : [])).sort();
  }

  /** Whether something can still happen, or is known to be wrong; what starts event sub-processes does not count. */
  get isExplained(): boolean {
    const all = [...this.levels].flatMap(({ activities }) => [...activities]);
    return (
      this.dead().length + this.uncaught().length > 0 ||
      all.some(({ node, armed }) => node.kind === 'serviceTask' || armed.size > 0)
    );
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
    const flows = intoOf(level.graph, node);
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
    for (const { id } of intoOf(level.graph, join)) {
      const tokens = (level.held.get(id) ?? 0) - 1;
      if (tokens > 0) level.held.set(id, tokens);
      else level.held.delete(id);
    }
    this.enter(level, join);
  }

  /** The first inclusive join that is due, in document order (S28). */
  private fireInclusive(): boolean {
    for (const level of this.levels) {
      const due = dueJoins(this.marking(level))[0];
      if (due === undefined) continue;
      this.count();
      this.fireJoin(level, due);
      return true;
    }
    return false;
  }

  private enter(level: Level, node: GraphNode): void {
    if (node.kind === 'serviceTask') this.begin(level, node);
    else if (node.kind === 'fail') this.fail(level, node);
    else if (node.kind !== 'subProcess') this.pass(level, node);
    else {
      const owner = this.begin(level, node);
      if (node.rounds !== undefined) this.beginBody(owner, node.rounds);
      else this.open(node.inside as Graph, { owner, base: null, node: node.id });
    }
  }

  private begin(level: Level, node: GraphNode): Activity {
    this.trace.push(`+${node.id}`);
    const nth = (this.counts.get(node.id) ?? 0) + 1;
    this.counts.set(node.id, nth);
    const events = level.graph.nodes.filter(({ host }) => host === node.id);
    const armed = new Set(events.filter(({ trigger }) => trigger === 'timer').map(({ id }) => id));
    const inside = new Set<Level>();
    const activity = { node, nth, level, armed, inside, begun: 0, ended: 0, completed: 0 };
    level.activities.add(activity);
    return activity;
  }

  /** Throws an error: the nearest boundary event around it takes it, else its token stays (S37, S39). */
  private fail(level: Level, node: GraphNode): void {
    for (let at: Level | null = level; at !== null; at = at.base ?? at.owner?.level ?? null) {
      const { owner } = at;
      const catches = ({ host, trigger }: GraphNode): boolean =>
        host === owner?.node.id && trigger === 'error';
      const event = owner?.level.graph.nodes.find(catches);
      if (event === undefined || owner === null) continue;
      this.trace.push(`+${node.id}`, `-${node.id}`);
      this.trigger(owner, event);
      return;
    }
    this.begin(level, node);
  }

  private trigger(host: Activity, event: GraphNode): void {
    if (event.isInterrupting) this.cancel(host);
    this.pass(host.level, event);
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
    const { id, inside } = body.node;
    this.trace.push(`+${id}`);
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
    this.open(inside as Graph, { owner: body, base: null, node: id });
  }

  private open(graph: Graph, around: Pick<Level, 'owner' | 'base' | 'node'>): Level {
    const level: Level = {
      ...around,
      graph,
      nth: this.counts.get(around.node) ?? 1,
      moving: new Set(),
      held: new Map(),
      activities: new Set(),
      dead: new Set(),
      armed: new Set(graph.nodes.filter(({ kind }) => kind === 'eventSubProcess')),
      handlers: new Set(),
      isTerminated: false,
    };
    this.levels.add(level);
    level.owner?.inside.add(level);
    const start = graph.nodes[0] as GraphNode;
    if (level.base === null) this.put(level, { node: start.id });
    else this.pass(level, start);
    return level;
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

  /** Nothing of its own is left: it ends, once the event sub-processes that run have (S35). */
  private close(level: Level): void {
    const { owner, base } = level;
    level.armed.clear();
    if (level.handlers.size > 0) return;
    this.levels.delete(level);
    owner?.inside.delete(level);
    if (base !== null) this.endHandler(level, base);
    else if (owner?.node.rounds !== undefined) this.endInner(owner, level.isTerminated);
    else if (owner !== null) this.complete(owner);
  }

  private endHandler(handler: Level, base: Level): void {
    this.trace.push(`-${handler.node}`);
    base.handlers.delete(handler);
    if (base.handlers.size === 0) this.closeIfEmpty(base);
  }

  /** One inner instance is done; when it is enough, the others end (S73). */
  private endInner(body: Activity, isTerminated: boolean): void {
    const { total, isSequential, enough } = body.node.rounds as NonNullable<GraphNode['rounds']>;
    if (!isTerminated) this.trace.push(`-${body.node.id}`);
    body.ended += 1;
    body.completed += isTerminated ? 0 : 1;
    if (!isTerminated && body.completed >= enough) {
      this.cancel(body);
      this.complete(body);
    } else if (isSequential && body.begun < total) this.agenda.push({ kind: 'inner', body });
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
    for (const handler of level.handlers) this.drop(handler);
    level.handlers.clear();
    level.moving.clear();
    level.held.clear();
    level.dead.clear();
    this.agenda = this.agenda.filter((move) => !('level' in move && move.level === level));
  }

  private drop(level: Level): void {
    this.empty(level);
    this.levels.delete(level);
  }

  private cancel(activity: Activity): void {
    for (const level of activity.inside) this.drop(level);
    this.agenda = this.agenda.filter((move) => !('body' in move && move.body === activity));
    activity.level.activities.delete(activity);
  }

  // Joins.

  /** A level as its joins see it: tokens that move or are inside, and those that wait on flows. */
  private marking({ graph, held, moving, activities }: Level): Marking {
    const inside = [...activities].map(({ node }) => ({ node: node.id }));
    return { graph, held: [...held.keys()], places: [...moving, ...inside] };
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

const taken = ({ kind }: GraphNode, out: readonly Edge[]): readonly Edge[] => {
  const isSplit = kind === 'exclusiveGateway' || kind === 'inclusiveGateway';
  if (!isSplit || out.length < 2) return out;
  const holding = out.slice(0, -1).filter(({ isTrue }) => isTrue);
  if (holding.length === 0) return out.slice(-1);
  return kind === 'exclusiveGateway' ? holding.slice(0, 1) : holding;
};
