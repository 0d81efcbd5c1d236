/** A flow begins, ends and lies on one level. Source: BPMN 2.0.2 §7.6.1. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_FLOW_CROSSES_SUBPROCESS. */
export const flowLevels: Rule = {
  flow: ({ id, source, target }, level, { levelOf }) => {
    const ends = [levelOf.get(source), levelOf.get(target)].filter((end) => end !== undefined);
    if (ends.every((end) => end === level)) return [];
    const inner = [level, ...ends].find(({ parent }) => parent !== null);
    return [finding('BPMN_FLOW_CROSSES_SUBPROCESS', id, { id, sub: inner?.id ?? level.id })];
  },
};
