/** The rules that an element's own file holds. Source: docs/design.md D3. */
import { elementOf } from '../../elements/index.js';
import type { Rule } from '../rule.js';

/** Findings: those of the facet `validate` of each element. */
export const elements: Rule = {
  node: (node, { process, container }, { definitions }) => {
    const scope = container?.content ?? process.content;
    return elementOf(node)?.validate?.({ node, definitions, process, scope, container }) ?? [];
  },
};
