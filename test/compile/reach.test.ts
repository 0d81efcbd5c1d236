import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planJoins } from '../../engine/compile/reach.js';
import type { BpmnTag, ParsedNode, ParsedScope, Reach } from '../../engine/model/index.js';

/** A graph of one level: tags of its nodes, flows between them, boundary events with their hosts. */
interface Graph {
  readonly tags: readonly BpmnTag[];
  readonly flows: readonly (readonly [from: number, to: number])[];
  readonly hosts: readonly number[];
}

const TAGS: readonly BpmnTag[] = [
  'task',
  'inclusiveGateway',
  'parallelGateway',
  'exclusiveGateway',
];

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 8 }).chain((size) => {
  const node = fc.integer({ min: 0, max: size - 1 });
  return fc.record({
    tags: fc.array(fc.constantFrom(...TAGS), { minLength: size, maxLength: size }),
    flows: fc.array(fc.tuple(fc.integer({ min: 0, max: size + 1 }), node), { maxLength: 14 }),
    hosts: fc.array(node, { minLength: 2, maxLength: 2 }),
  });
});

/** The level of a graph: node `n<i>`, flow `f<i>`; sources beyond the nodes are boundary events. */
const levelOf = ({ tags, flows, hosts }: Graph): ParsedScope => {
  const all = [...tags, ...hosts.map((): BpmnTag => 'boundaryEvent')];
  const rows = flows.map(([from, to], i) => ({
    id: `f${i}`,
    source: `n${from}`,
    target: `n${to}`,
  }));
  const nodes = all.map((tag, i) => ({
    id: `n${i}`,
    tag,
    incoming: rows.filter(({ target }) => target === `n${i}`).map(({ id }) => id),
    outgoing: rows.filter(({ source }) => source === `n${i}`).map(({ id }) => id),
    attachedTo: i < tags.length ? null : `n${hosts[i - tags.length]}`,
    triggers: [],
    isTriggeredByEvent: false,
    isInstantiating: false,
  }));
  return {
    nodes: nodes as unknown as readonly ParsedNode[],
    flows: rows as unknown as ParsedScope['flows'],
  };
};

/**
 * Enumerates paths forwards: whether a token at `position` can come to be on `flowId` past no `joinId`.
 *
 * @param isFar - also by boundary events of nodes that it has yet to come to
 */
const canReach = (
  level: ParsedScope,
  joinId: string,
  position: string,
  flowId: string,
  isFar: boolean,
): boolean => {
  const targets = new Map(level.flows.map(({ id, target }) => [id, target]));
  const flowsOut = (nodeId: string): readonly string[] =>
    level.nodes.find(({ id }) => id === nodeId)?.outgoing ?? [];
  const withBoundary = (nodeId: string): readonly string[] => {
    const beside = level.nodes.filter(({ attachedTo }) => attachedTo === nodeId);
    return [...flowsOut(nodeId), ...beside.flatMap(({ outgoing }) => outgoing)];
  };
  const walk = (flow: string, seen: ReadonlySet<string>): boolean => {
    if (flow === flowId) return true;
    const next = targets.get(flow) ?? '';
    if (next === joinId || seen.has(flow)) return false;
    const exits = isFar ? withBoundary(next) : flowsOut(next);
    return exits.some((exit) => walk(exit, new Set([...seen, flow])));
  };
  const starts = targets.has(position) ? [position] : withBoundary(position);
  return starts.some((flow) => walk(flow, new Set()));
};

describe('S27 reach', () => {
  test('is what enumerating all paths finds, for every join, flow and position', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const level = levelOf(graph);
        const positions = [...level.nodes, ...level.flows].map(({ id }) => id);
        for (const { nodeId, incoming, reach, nearReach } of planJoins(level)) {
          const check = (found: Reach | null, isFar: boolean): void => {
            for (const position of found === null ? [] : positions) {
              const expected = incoming.filter((flow) =>
                canReach(level, nodeId, position, flow, isFar),
              );
              expect([position, ...(found?.[position] ?? [])]).toEqual([position, ...expected]);
            }
          };
          check(reach, true);
          check(nearReach, false);
        }
      }),
      { numRuns: 300, seed: 20_260_302 },
    );
  });
});
