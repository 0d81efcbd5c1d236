/** Called processes exist and can be started by a call. Source: BPMN 2.0.2 §10.3.6, S09, S77. */
import { type Finding, finding } from '../../errors/index.js';
import { literalTarget, targetOf } from '../called-processes.js';
import { startNodes } from '../kinds.js';
import type { Level, Model } from '../model.js';
import type { Rule } from '../rule.js';

function judgeStart(id: string, target: Level): readonly Finding[] {
  const { starts } = target;
  const none = starts.filter(({ triggers }) => triggers.length === 0);
  const isImplicit = starts.length === 0 && startNodes(target).length > 0;
  if (none.length === 1 || isImplicit) return [];
  return [finding('BPMN_CALL_TARGET_START', id, { ref: target.id, n: none.length })];
}

function judge(id: string, text: string, { levels, options }: Model): readonly Finding[] {
  const ref = literalTarget(text);
  const target = levels.find((level) => level.kind === 'process' && level.id === ref);
  if (target !== undefined) return judgeStart(id, target);
  const { deployed } = options;
  if (deployed === undefined || (ref !== null && deployed.includes(ref))) return [];
  const unknown = finding('BPMN_CALL_TARGET_UNKNOWN', id, { ref: ref ?? text });
  return [ref === null ? { ...unknown, severity: 'warning' } : unknown];
}

/** Findings: BPMN_CALL_TARGET_UNKNOWN (a warning for computed targets), BPMN_CALL_TARGET_START. */
export const callTargets: Rule = {
  node: (node, _level, model) => {
    const target = targetOf(node);
    return target === null ? [] : judge(node.id, target, model);
  },
};
