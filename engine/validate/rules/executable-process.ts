/** A file has an executable process, and what it executes has content. Source: BPMN 2.0.2 §10.1, §13.2. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_NO_EXECUTABLE_PROCESS, BPMN_PROCESS_EMPTY. */
export const executableProcess: Rule = {
  file: ({ definitions, levels }) => {
    if (levels.length > 0) return [];
    const [first] = definitions.processes;
    return [finding('BPMN_NO_EXECUTABLE_PROCESS', first?.id ?? definitions.id, {})];
  },
  level: ({ id, kind, nodes }) =>
    // An event sub-process without its start event has a finding of its own.
    nodes.length === 0 && kind !== 'eventSubProcess'
      ? [finding('BPMN_PROCESS_EMPTY', id, { id })]
      : [],
};
