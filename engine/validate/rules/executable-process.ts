/** A file has an executable process, and what it executes has content. Source: BPMN 2.0.2 §10.1, §13.2. */
import { finding } from '../../errors/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_NO_EXECUTABLE_PROCESS, BPMN_PROCESS_EMPTY. */
export const executableProcess: Rule = {
  file: ({ definitions, levels }) => {
    if (levels.length > 0) return [];
    const [first] = definitions.processes;
    const { id, line } = first ?? definitions;
    return [{ ...finding('BPMN_NO_EXECUTABLE_PROCESS', id, {}), line }];
  },
  level: ({ id, kind, nodes }) =>
    // An event sub-process without its start event, and an empty ad-hoc sub-process, have findings of their own.
    nodes.length === 0 && (kind === 'process' || kind === 'subProcess')
      ? [finding('BPMN_PROCESS_EMPTY', id, { id })]
      : [],
};
