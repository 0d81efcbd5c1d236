/** An intermediate event stands in a flow; links have one side alone. Source: BPMN 2.0.2 §10.5.4. */
import { finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isIntermediate, linkOf } from '../kinds.js';
import type { Level } from '../model.js';
import type { Rule } from '../rule.js';

type Side = 'incoming' | 'outgoing';

function missingSides(node: ParsedNode, { kind }: Level): readonly Side[] {
  const isLink = linkOf(node) !== undefined;
  const isCatch = node.tag === 'intermediateCatchEvent';
  const lacksIn = node.incoming.length === 0 && !(isLink && isCatch) && kind !== 'adHocSubProcess';
  const lacksOut = node.outgoing.length === 0 && !(isLink && !isCatch);
  return [...(lacksIn ? ['incoming' as const] : []), ...(lacksOut ? ['outgoing' as const] : [])];
}

/** Findings: BPMN_INTERMEDIATE_FLOWS. */
export const intermediateEventFlows: Rule = {
  node: (node, level) =>
    isIntermediate(node)
      ? missingSides(node, level).map((side) =>
          finding('BPMN_INTERMEDIATE_FLOWS', node.id, { id: node.id, side: `the ${side} flow` }),
        )
      : [],
};
