/** Each level has a node where its tokens begin. Source: BPMN 2.0.2 §13.2, S10, S17. */
import { finding } from '../../errors/index.js';
import { startNodes } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_NO_START_NODE. */
export const startNode: Rule = {
  level: (level) => {
    const { id, kind, nodes } = level;
    const isJudged = nodes.length > 0 && (kind === 'process' || kind === 'subProcess');
    // Instantiating nodes are refused for themselves: they would be the start.
    const isStarted = startNodes(level).length > 0 || nodes.some((node) => node.isInstantiating);
    return isJudged && !isStarted ? [finding('BPMN_NO_START_NODE', id, { scope: id })] : [];
  },
};
