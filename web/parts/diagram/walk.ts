/**
 * A drawn process as steps in order: what comes first in the flow comes first in the list, what lies in a sub-process right
 * behind it, and a boundary event behind what it sits on. Class: pure.
 */

/** A flow node as it is drawn. */
export interface DrawnNode {
  readonly elementId: string;
  readonly kind: string;
  readonly name: string | null;
  /** What it lies in: a process or a sub-process. */
  readonly within: string;
  /** What it sits on; null: it is no boundary event. */
  readonly host: string | null;
  /** Where its flows lead. */
  readonly next: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** A step of the list. */
export interface Step extends Pick<DrawnNode, 'elementId' | 'kind' | 'name' | 'next'> {
  readonly previous: readonly string[];
  readonly depth: number;
}

/** Puts them in order. */
export function walk(nodes: readonly DrawnNode[]): readonly Step[] {
  const ids = new Set(nodes.map(({ elementId }) => elementId));
  const previous = new Map<string, string[]>();
  for (const { elementId, next } of nodes) {
    for (const to of next) previous.set(to, [...(previous.get(to) ?? []), elementId]);
  }
  const steps: Step[] = [];
  const put = (scope: string, depth: number): void => {
    for (const { elementId, kind, name, next } of inOrder(
      nodes.filter((one) => one.within === scope),
    )) {
      steps.push({ elementId, kind, name, next, previous: previous.get(elementId) ?? [], depth });
      put(elementId, depth + 1);
    }
  };
  // Processes from above to below, as pools are drawn.
  const scopes = [...new Set(byPlace(nodes, 'y').map(({ within }) => within))];
  for (const scope of scopes) if (!ids.has(scope)) put(scope, 0);
  return steps;
}

const byPlace = (nodes: readonly DrawnNode[], first: 'x' | 'y'): readonly DrawnNode[] => {
  const second = first === 'x' ? 'y' : 'x';
  return [...nodes].sort((a, b) => a[first] - b[first] || a[second] - b[second]);
};

/** Nodes of one scope: each behind those that lead to it, as far as no loop says otherwise. */
function inOrder(nodes: readonly DrawnNode[]): readonly DrawnNode[] {
  const byId = new Map(nodes.map((node) => [node.elementId, node]));
  const leads = (node: DrawnNode): readonly DrawnNode[] => {
    const sitting = nodes.filter(({ host }) => host === node.elementId);
    const flowing = node.next.flatMap((id) => byId.get(id) ?? []);
    // What is walked last comes first: the flows, then what interrupts them.
    return [...byPlace(sitting, 'y').toReversed(), ...byPlace(flowing, 'y').toReversed()];
  };
  const seen = new Set<string>();
  const done: DrawnNode[] = [];
  const visit = (node: DrawnNode): void => {
    if (seen.has(node.elementId)) return;
    seen.add(node.elementId);
    for (const to of leads(node)) visit(to);
    done.push(node);
  };
  const isReached = new Set(nodes.flatMap(({ next }) => next));
  const isFirst = ({ elementId, host }: DrawnNode): boolean =>
    host === null && !isReached.has(elementId);
  const starts = byPlace(nodes.filter(isFirst), 'x');
  for (const node of [...starts].reverse()) visit(node);
  // What only a loop leads to.
  const rest = byPlace(
    nodes.filter(({ elementId }) => !seen.has(elementId)),
    'x',
  );
  const before = done.toReversed();
  done.length = 0;
  for (const node of rest) visit(node);
  return [...before, ...done.toReversed()];
}
