/** A boundary event sits on an activity of its level. Source: BPMN 2.0.2 §10.5.4. */
import { finding } from '../../errors/index.js';
import { isActivity, isHandler } from '../kinds.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_BOUNDARY_HOST. An absent host, and one that is no flow node, are reported by parse. */
export const boundaryHost: Rule = {
  node: ({ id, attachedTo }, level, { nodes, levelOf }) => {
    const host = attachedTo === null ? undefined : nodes.get(attachedTo);
    if (attachedTo === null) return [];
    const refuse = (actual: string) => [finding('BPMN_BOUNDARY_HOST', id, { id, actual })];
    if (host === undefined) return refuse(`${attachedTo} of another process`);
    if (levelOf.get(attachedTo) !== level) return refuse(`${attachedTo} on another level`);
    // An event sub-process has a finding of its own.
    return isActivity(host) || isHandler(host) ? [] : refuse(`${attachedTo}, a ${host.tag}`);
  },
};
