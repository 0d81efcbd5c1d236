/** A gateway splits or merges, and as its direction says. Source: BPMN 2.0.2 §10.6.1. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isGateway } from '../kinds.js';
import type { Rule } from '../rule.js';

const FITS: {
  readonly [D in ParsedNode['gatewayDirection']]: (n: number, m: number) => boolean;
} = {
  Unspecified: () => true,
  Converging: (_n, m) => m <= 1,
  Diverging: (n) => n <= 1,
  Mixed: (n, m) => n > 1 && m > 1,
};

/** Findings: BPMN_GATEWAY_ROLE, BPMN_GATEWAY_DIRECTION. */
export const gatewayFlows: Rule = {
  node: (node) => {
    if (!isGateway(node)) return [];
    const { id, gatewayDirection: dir, incoming, outgoing } = node;
    const counts = { in: incoming.length, out: outgoing.length };
    // An event-based gateway with too few arms has a finding of its own.
    const isIdle = counts.in < 2 && counts.out < 2 && node.tag !== 'eventBasedGateway';
    const fits = FITS[dir](counts.in, counts.out);
    return [
      ...(isIdle ? [finding('BPMN_GATEWAY_ROLE', id, { id, ...counts })] : []),
      ...(fits ? [] : [finding('BPMN_GATEWAY_DIRECTION', id, { id, dir, ...counts })]),
    ];
  },
};
