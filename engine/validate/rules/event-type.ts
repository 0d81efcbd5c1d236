/** What each kind of event may wait for or bring about. Source: BPMN 2.0.2 §10.5.3–§10.5.5. */
import { type Finding, finding } from '../../errors/index.js';
import type { BpmnTag } from '../../model/index.js';
import { triggerOf } from '../kinds.js';
import type { Rule } from '../rule.js';

interface Allowed {
  readonly triggers: readonly string[];
  readonly refuse: (id: string, type: string) => Finding;
}

const EVENTS: { readonly [tag in BpmnTag]?: Allowed } = {
  endEvent: {
    triggers: [
      'none',
      'message',
      'error',
      'escalation',
      'cancel',
      'compensation',
      'signal',
      'terminate',
    ],
    refuse: (id, type) => finding('BPMN_END_TYPE', id, { id, type }),
  },
  intermediateCatchEvent: {
    triggers: ['message', 'timer', 'conditional', 'link', 'signal'],
    refuse: (id, type) => finding('BPMN_CATCH_TYPE', id, { id, type }),
  },
  intermediateThrowEvent: {
    triggers: ['none', 'message', 'escalation', 'compensation', 'link', 'signal'],
    refuse: (id, type) => finding('BPMN_THROW_TYPE', id, { id, type }),
  },
  boundaryEvent: {
    triggers: [
      'message',
      'timer',
      'error',
      'escalation',
      'cancel',
      'compensation',
      'conditional',
      'signal',
    ],
    refuse: (id, type) => finding('BPMN_BOUNDARY_TYPE', id, { id, type }),
  },
};

/** Findings: BPMN_END_TYPE, BPMN_CATCH_TYPE, BPMN_THROW_TYPE, BPMN_BOUNDARY_TYPE, BPMN_TERMINATE_POSITION. */
export const eventType: Rule = {
  node: (node) => {
    const { id, tag, triggers } = node;
    const type = triggerOf(node);
    const allowed = EVENTS[tag];
    const isMisplaced = allowed && type !== 'multiple' && !allowed.triggers.includes(type);
    const endsScope = tag !== 'endEvent' && triggers.some(({ kind }) => kind === 'terminate');
    return [
      ...(isMisplaced ? [allowed.refuse(id, type)] : []),
      ...(endsScope ? [finding('BPMN_TERMINATE_POSITION', id, { id, actual: `a ${tag}` })] : []),
    ];
  },
};
