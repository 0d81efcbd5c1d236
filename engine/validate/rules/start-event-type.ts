/** What may trigger a start event depends on its level. Source: BPMN 2.0.2 §10.5.2. */
import { finding } from '../../errors/index.js';
import { triggerOf } from '../kinds.js';
import type { Rule } from '../rule.js';

const PROCESS = ['none', 'message', 'timer', 'conditional', 'signal', 'multiple'];
const HANDLER = [
  'message',
  'timer',
  'conditional',
  'signal',
  'error',
  'escalation',
  'compensation',
  'multiple',
];

/** Findings: BPMN_START_TYPE_PROCESS, BPMN_START_TYPE_SUBPROCESS, BPMN_ESP_START_TYPE. */
export const startEventType: Rule = {
  node: (node, level) => {
    if (node.tag !== 'startEvent') return [];
    const { id } = node;
    const type = triggerOf(node);
    switch (level.kind) {
      case 'process':
        return PROCESS.includes(type) ? [] : [finding('BPMN_START_TYPE_PROCESS', id, { id, type })];
      case 'subProcess':
        return type === 'none'
          ? []
          : [finding('BPMN_START_TYPE_SUBPROCESS', id, { sub: level.id, id, type })];
      case 'eventSubProcess':
        return HANDLER.includes(type)
          ? []
          : [finding('BPMN_ESP_START_TYPE', id, { esp: level.id, id, type })];
      case 'adHocSubProcess':
        return [];
    }
  },
};
