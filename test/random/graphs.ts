/**
 * Unstructured levels: up to twelve nodes joined at random, forwards and sometimes back, with boundary events, links,
 * error and terminate end events, event sub-processes, and sub-processes that hold such a level themselves.
 */
import fc from 'fast-check';

/** What a node of a graph is; `stop` is a terminate end event, `fail` one that throws an error. */
export type GraphKind =
  | 'startEvent'
  | 'endEvent'
  | 'stop'
  | 'fail'
  | 'task'
  | 'serviceTask'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'subProcess'
  | 'eventSubProcess'
  | 'boundaryEvent'
  | 'linkThrow'
  | 'linkCatch';

/** `isTrue`: the constant condition of a flow out of a split whose flows have conditions. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly isTrue: boolean;
}

export interface GraphNode {
  readonly id: string;
  readonly kind: GraphKind;
  /** Boundary events: the activity, and what triggers them. */
  readonly host?: string;
  readonly trigger?: 'timer' | 'error';
  /** Boundary events and event sub-processes, which start by a timer. */
  readonly isInterrupting?: boolean;
  /** Link events: the id of the catch. */
  readonly link?: string;
  /** Sub-processes of both kinds: what is inside, and how often. */
  readonly inside?: Graph;
  readonly rounds?: Rounds;
}

/** A multi-instance body: parallel or in sequence, until so many are completed. */
export interface Rounds {
  readonly total: number;
  readonly isSequential: boolean;
  readonly enough: number;
}

/** A level. Edges are in document order; the last flow out of a split is its default. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly Edge[];
}

/** Those that matter to joins come more often. */
const KINDS = [
  'parallelGateway',
  'inclusiveGateway',
  'inclusiveGateway',
  'inclusiveGateway',
  'exclusiveGateway',
  'serviceTask',
  'serviceTask',
  'task',
  'subProcess',
] as const;

type Pair = readonly [from: string, to: string];

interface Seed {
  readonly kinds: readonly (typeof KINDS)[number][];
  /** For each node: where it comes from, where else it goes to, how its flows hold. */
  readonly from: readonly number[];
  readonly more: readonly (readonly [from: number, to: number, isBack: boolean])[];
  readonly truths: readonly boolean[];
  readonly boundaries: readonly (readonly [host: number, to: number, how: How])[];
  /** Which flows are drawn as links, and which of those to the end lead to another. */
  readonly links: readonly number[];
  readonly ends: readonly (readonly [at: number, kind: 'stop' | 'fail'])[];
}

type How = 'interrupts' | 'beside' | 'error';

/** A level as it is drawn from: its own nodes, and the event sub-processes on it. */
interface LevelSeed {
  readonly own: Seed;
  readonly handlers: readonly { readonly own: Seed; readonly isInterrupting: boolean }[];
}

interface Inner extends LevelSeed {
  readonly rounds: Rounds | null;
}

/** One level in the making. `name` of a number: 0 is the start, the last is the end. */
class Sketch {
  readonly nodes: GraphNode[] = [];
  pairs: Pair[] = [];

  constructor(
    readonly prefix: string,
    private readonly size: number,
  ) {}

  name(i: number): string {
    if (i === 0) return `${this.prefix}start`;
    return i > this.size ? `${this.prefix}end` : `${this.prefix}n${i}`;
  }

  /** Every node is reached from the start, and reaches the end. */
  connect({ from, more }: Seed): void {
    const { size } = this;
    const pairs = Array.from({ length: size }, (_, i) => [(from[i] ?? 0) % (i + 1), i + 1]);
    for (const [a, b, isBack] of more) {
      const source = 1 + (a % size);
      if (isBack) pairs.push([source, 1 + (b % size)]);
      else pairs.push([source, source + 1 + (b % (size + 1 - source))]);
    }
    for (let i = 1; i <= size; i += 1) {
      if (!pairs.some(([a, b]) => a === i && (b ?? 0) > i)) pairs.push([i, size + 1]);
    }
    this.pairs = pairs.map(([a, b]) => [this.name(a ?? 0), this.name(b ?? 0)]);
  }

  /** Boundary events on what can have them; of errors at most one each. */
  attach({ boundaries }: Seed): void {
    const hosts = this.nodes.filter(({ kind }) => kind === 'serviceTask' || kind === 'subProcess');
    if (hosts.length === 0) return;
    for (const [i, [at, to, how]] of boundaries.entries()) {
      const { id: host, kind } = hosts[at % hosts.length] as GraphNode;
      const catches = this.nodes.some((node) => node.host === host && node.trigger === 'error');
      const trigger = how === 'error' && kind === 'subProcess' && !catches ? 'error' : 'timer';
      const isInterrupting = how !== 'beside';
      const id = `${this.prefix}b${i + 1}`;
      this.nodes.push({ id, kind: 'boundaryEvent', host, trigger, isInterrupting });
      this.pairs.push([id, this.name(1 + (to % (this.size + 1)))]);
    }
  }

  /** Some of the flows to the end lead to one that ends all of the level, or that throws an error. */
  end({ ends }: Seed): void {
    const end = `${this.prefix}end`;
    const toEnd = this.pairs.filter(([, to]) => to === end);
    const kinds = new Map(ends.map(([at, kind]) => [toEnd[at % toEnd.length], kind]));
    this.pairs = this.pairs.map((pair) => {
      const kind = kinds.get(pair);
      return kind === undefined ? pair : [pair[0], `${this.prefix}${kind}`];
    });
    this.nodes.push({ id: end, kind: 'endEvent' });
    for (const kind of ['stop', 'fail'] as const) {
      this.nodes.push({ id: `${this.prefix}${kind}`, kind });
    }
  }

  /** Some flows become jumps; those to one node share its catch. */
  jump({ links }: Seed): void {
    const jumping = new Set(links.map((at) => this.pairs[at % this.pairs.length]));
    for (const [i, pair] of this.pairs.entries()) {
      if (!jumping.has(pair)) continue;
      const [from, to] = pair;
      const [id, link] = [`${this.prefix}t${i + 1}`, `${to}-link`];
      this.nodes.push({ id, kind: 'linkThrow', link });
      this.pairs[i] = [from, id];
      if (this.nodes.some((node) => node.id === link)) continue;
      this.nodes.push({ id: link, kind: 'linkCatch', link });
      this.pairs.push([link, to]);
    }
  }

  graph({ truths }: Seed): Graph {
    const edges = this.pairs.map(([from, to], i) => ({
      id: `${this.prefix}f${i}`,
      from,
      to,
      isTrue: truths[i % truths.length] ?? true,
    }));
    const count = (id: string, end: 'from' | 'to') =>
      edges.filter((edge) => edge[end] === id).length;
    const isEnd = ({ kind }: GraphNode): boolean => ['endEvent', 'stop', 'fail'].includes(kind);
    const nodes = this.nodes.filter((node) => !isEnd(node) || count(node.id, 'to') > 0);
    // A gateway with one way in and one way out is refused: it becomes a task.
    const isPass = ({ id, kind }: GraphNode): boolean =>
      kind.endsWith('Gateway') && count(id, 'from') === 1 && count(id, 'to') === 1;
    return { nodes: nodes.map((node) => (isPass(node) ? { ...node, kind: 'task' } : node)), edges };
  }
}

const graphOf = ({ own, handlers }: LevelSeed, inner: readonly Inner[], prefix: string): Graph => {
  const sketch = new Sketch(prefix, own.kinds.length);
  const content = [...inner];
  sketch.nodes.push({ id: sketch.name(0), kind: 'startEvent' });
  for (const [i, kind] of own.kinds.entries()) {
    const id = sketch.name(i + 1);
    const within = kind === 'subProcess' ? content.shift() : undefined;
    if (within !== undefined) sketch.nodes.push({ id, kind, ...subProcessOf(within, id) });
    else sketch.nodes.push({ id, kind: kind === 'subProcess' ? 'task' : kind });
  }
  for (const [i, { own: seed, isInterrupting }] of handlers.entries()) {
    const id = `${prefix}h${i + 1}`;
    const inside = graphOf({ own: seed, handlers: [] }, [], `${id}-`);
    sketch.nodes.push({ id, kind: 'eventSubProcess', inside, isInterrupting });
  }
  sketch.connect(own);
  sketch.attach(own);
  sketch.end(own);
  sketch.jump(own);
  return sketch.graph(own);
};

const subProcessOf = (seed: Inner, id: string): Pick<GraphNode, 'inside' | 'rounds'> => ({
  inside: graphOf(seed, [], `${id}-`),
  ...(seed.rounds !== null && { rounds: seed.rounds }),
});

const few = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { maxLength, size: 'max' });

const rarely = fc.oneof(
  { weight: 5, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

const HOW: fc.Arbitrary<How> = fc.constantFrom('interrupts', 'beside', 'error');

const seedOf = (most: number, extras: number): fc.Arbitrary<Seed> =>
  fc.record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: most, size: 'max' }),
    from: fc.array(fc.nat(20), { minLength: 10, maxLength: 10 }),
    more: fc.array(fc.tuple(fc.nat(20), fc.nat(20), rarely), {
      minLength: 2,
      maxLength: most + 2,
      size: 'max',
    }),
    truths: fc.array(fc.boolean(), { minLength: 6, maxLength: 20, size: 'max' }),
    boundaries: few(fc.tuple(fc.nat(20), fc.nat(20), HOW), extras),
    links: few(fc.nat(30), extras),
    ends: few(fc.tuple(fc.nat(30), fc.constantFrom('stop', 'fail')), 2),
  });

const levelSeed = (most: number, extras: number): fc.Arbitrary<LevelSeed> =>
  fc.record({
    own: seedOf(most, extras),
    handlers: few(fc.record({ own: seedOf(3, 0), isInterrupting: fc.boolean() }), 1),
  });

const rounds = fc.record({
  total: fc.nat(3),
  isSequential: fc.boolean(),
  enough: fc.integer({ min: 1, max: 3 }),
});

const inner = (): fc.Arbitrary<Inner> =>
  fc
    .tuple(levelSeed(5, 1), fc.option(rounds))
    .map(([level, multi]) => ({ ...level, rounds: multi }));

/** Levels of gateways, tasks and sub-processes, with boundary events, links and ends that end more than a token. */
export const graph = (extras = 3): fc.Arbitrary<Graph> =>
  fc
    .tuple(levelSeed(10, extras), few(inner(), 2))
    .map(([seed, content]) => graphOf(seed, content, ''));
