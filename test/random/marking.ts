/**
 * The tokens of one level, followed through the journal, and a reference of the joins that enumerates paths, written
 * from S26, S27 and S05 of `docs/semantics.md`. It says whether each firing was due, and what at rest is blocked.
 */
import type { JournalEntry } from '../../engine/model/index.js';
import type { Edge, Graph } from './graphs.js';

export class Marking {
  /** Tokens on flows, by the entry that put them there. */
  private readonly moving = new Map<number, string>();
  /** Tokens that wait at a join, by flow. */
  private readonly waiting = new Map<string, number>();
  /** Tokens in nodes, by element instance. */
  private readonly inside = new Map<string, string>();
  firings = 0;

  constructor(private readonly graph: Graph) {}

  /** Follows one entry. @throws when a join fires that must not */
  follow({ kind, sequence, cause, elementId, elementInstanceId, rule, data }: JournalEntry): void {
    const element = elementId ?? '';
    switch (kind) {
      case 'flowTaken':
        this.moving.set(sequence, element);
        return;
      case 'tokenWaiting':
        this.arrived(cause);
        this.waiting.set(String(data?.flow), this.held(String(data?.flow)) + 1);
        return;
      case 'elementEntered':
        if (rule === 'S26' || rule === 'S27') this.fire(element);
        else if (element !== 'start') this.arrived(cause);
        this.inside.set(elementInstanceId ?? '', element);
        return;
      case 'elementCompleted':
        if (!this.inside.delete(elementInstanceId ?? ''))
          throw new Error(`${element} had no token`);
        return;
      default:
    }
  }

  private arrived(cause: number | null): void {
    if (cause === null || !this.moving.delete(cause)) throw new Error(`no flow brought ${cause}`);
  }

  private held(flow: string): number {
    return this.waiting.get(flow) ?? 0;
  }

  private fire(join: string): void {
    if (!this.isDue(join)) throw new Error(`${join} fires too early`);
    this.firings += 1;
    for (const { id } of this.into(join)) {
      if (this.held(id) > 0) this.waiting.set(id, this.held(id) - 1);
    }
  }

  private into(node: string): readonly Edge[] {
    return this.graph.edges.filter(({ to }) => to === node);
  }

  private kindOf(node: string): string {
    return this.graph.nodes.find(({ id }) => id === node)?.kind ?? '';
  }

  /** Whether a join must fire now (S26, S27). */
  isDue(join: string): boolean {
    const flows = this.into(join).map(({ id }) => id);
    const empty = flows.filter((flow) => this.held(flow) === 0);
    if (this.kindOf(join) === 'parallelGateway') return empty.length === 0;
    if (empty.length === flows.length) return false;
    return this.others(join).every((reached) => {
      const feedsEmpty = reached.some((flow) => empty.includes(flow));
      return !feedsEmpty || reached.some((flow) => !empty.includes(flow));
    });
  }

  /** For every token that does not wait at a join: the flows into it that it can reach. */
  private others(join: string): readonly (readonly string[])[] {
    const starts = [
      ...[...this.moving.values()].map((flow) => [flow]),
      ...[...this.waiting].filter(([, tokens]) => tokens > 0).map(([flow]) => [flow]),
      ...[...this.inside.values()].map((node) => this.outOf(node)),
    ];
    const beside = starts.filter((flows) => !flows.some((flow) => this.waitsAt(join, flow)));
    return beside.map((flows) => flows.flatMap((flow) => this.paths(flow, join, [])));
  }

  private waitsAt(join: string, flow: string): boolean {
    return this.held(flow) > 0 && this.into(join).some(({ id }) => id === flow);
  }

  private outOf(node: string): readonly string[] {
    return this.graph.edges.filter(({ from }) => from === node).map(({ id }) => id);
  }

  /** Every way from a flow to the join that visits no node twice: the flows by which they come in. */
  private paths(flow: string, join: string, visited: readonly string[]): readonly string[] {
    const node = this.graph.edges.find(({ id }) => id === flow)?.to ?? '';
    if (node === join) return [flow];
    if (visited.includes(node)) return [];
    return this.outOf(node).flatMap((next) => this.paths(next, join, [...visited, node]));
  }

  /** Joins, in document order. */
  joins(): readonly string[] {
    const isJoin = ({ id, kind }: { readonly id: string; readonly kind: string }): boolean =>
      (kind === 'parallelGateway' || kind === 'inclusiveGateway') && this.into(id).length > 1;
    return this.graph.nodes.filter(isJoin).map(({ id }) => id);
  }

  /** Parallel joins that hold tokens and can never fire (S05). */
  blocked(): readonly string[] {
    return this.joins().filter((join) => {
      const flows = this.into(join).map(({ id }) => id);
      const empty = flows.filter((flow) => this.held(flow) === 0);
      if (this.kindOf(join) !== 'parallelGateway' || empty.length === flows.length) return false;
      return !this.others(join).some((reached) => reached.some((flow) => empty.includes(flow)));
    });
  }
}
