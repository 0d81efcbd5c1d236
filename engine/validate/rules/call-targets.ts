/** Called processes exist and can be started by a call. Source: BPMN 2.0.2 §10.3.6, S09, S77. */
import { type Finding, finding } from '../../errors/index.js';
import { computed } from '../../triggers/index.js';
import { startNodes } from '../kinds.js';
import type { Level, Model } from '../model.js';
import type { Rule } from '../rule.js';

/** A process id that is known before a run: a text, or a FEEL string literal. */
function literalOf(text: string): string | null {
  const target = computed(text);
  if ('value' in target) return text.trim();
  return /^"([^"\\]*)"$/.exec(target.feel)?.[1] ?? null;
}

function judgeStart(id: string, target: Level): readonly Finding[] {
  const { starts } = target;
  const none = starts.filter(({ triggers }) => triggers.length === 0);
  const isImplicit = starts.length === 0 && startNodes(target).length > 0;
  if (none.length === 1 || isImplicit) return [];
  return [finding('BPMN_CALL_TARGET_START', id, { ref: target.id, n: none.length })];
}

function judge(id: string, text: string, { levels, options }: Model): readonly Finding[] {
  const ref = literalOf(text);
  const target = levels.find((level) => level.kind === 'process' && level.id === ref);
  if (target !== undefined) return judgeStart(id, target);
  const { deployed } = options;
  if (deployed === undefined || (ref !== null && deployed.includes(ref))) return [];
  const unknown = finding('BPMN_CALL_TARGET_UNKNOWN', id, { ref: ref ?? text });
  return [ref === null ? { ...unknown, severity: 'warning' } : unknown];
}

/** Findings: BPMN_CALL_TARGET_UNKNOWN (a warning for computed targets), BPMN_CALL_TARGET_START. */
export const callTargets: Rule = {
  node: ({ id, tag, extensions, calledElement }, _level, model) => {
    const target = extensions.calledElement?.processId ?? calledElement;
    return tag === 'callActivity' && target !== null ? judge(id, target, model) : [];
  },
};
