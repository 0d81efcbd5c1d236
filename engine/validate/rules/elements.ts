/** The rules that an element's own file holds. Source: docs/design.md D3. */
import { elementOf } from '../../elements/index.js';
import type { ParsedNode } from '../../model/index.js';
import type { Level } from '../model.js';
import type { Rule } from '../rule.js';

const around = ({ container, parent }: Level): readonly ParsedNode[] =>
  container === null ? [] : [container, ...(parent === null ? [] : around(parent))];

/** Findings: those of the facet `validate` of each element. */
export const elements: Rule = {
  node: (node, level, { definitions }) => {
    const { process, container } = level;
    const scope = container?.content ?? process.content;
    const containers = around(level);
    return elementOf(node)?.validate?.({ node, definitions, process, scope, containers }) ?? [];
  },
};
