/** What creates an instance by itself stands at the beginning of a process. Source: BPMN 2.0.2 §10.3.3, §10.6.6. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_EVENT_GATEWAY_INSTANTIATE, BPMN_RECEIVE_INSTANTIATE. */
export const instantiation: Rule = {
  node: ({ id, tag, isInstantiating, incoming }, { kind, id: level }) => {
    if (!isInstantiating || (kind === 'process' && incoming.length === 0)) return [];
    const detail =
      kind === 'process' ? `the incoming flow ${incoming[0]}` : `its place in sub-process ${level}`;
    return tag === 'receiveTask'
      ? [finding('BPMN_RECEIVE_INSTANTIATE', id, { id, detail })]
      : [finding('BPMN_EVENT_GATEWAY_INSTANTIATE', id, { id, detail })];
  },
};
