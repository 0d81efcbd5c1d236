/** Cancels belong to transactions. Source: BPMN 2.0.2 §10.3.5, §10.5.3, §10.5.5. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { triggerOf } from '../kinds.js';
import type { Level } from '../model.js';
import type { Rule } from '../rule.js';

function judgeEnd({ id }: ParsedNode, level: Level): readonly Finding[] {
  let at: Level | null = level;
  while (at !== null && at.container?.tag !== 'transaction') at = at.parent;
  if (at === null) return [finding('BPMN_CANCEL_END_POSITION', id, { id, scope: level.id })];
  const catchers = (at.parent?.boundary.get(at.id) ?? []).filter(
    (event) => triggerOf(event) === 'cancel',
  );
  const n = catchers.length;
  return n === 1 ? [] : [finding('BPMN_CANCEL_END_UNCAUGHT', id, { tx: at.id, id, n })];
}

/** Findings: BPMN_CANCEL_END_POSITION, BPMN_CANCEL_END_UNCAUGHT, BPMN_BOUNDARY_CANCEL_HOST. */
export const cancels: Rule = {
  node: (node, level, { nodes }) => {
    if (triggerOf(node) !== 'cancel') return [];
    const { id, tag, attachedTo } = node;
    if (tag === 'endEvent') return judgeEnd(node, level);
    const host = nodes.get(attachedTo ?? '');
    const isMisplaced = tag === 'boundaryEvent' && host && host.tag !== 'transaction';
    if (!isMisplaced) return [];
    return [finding('BPMN_BOUNDARY_CANCEL_HOST', id, { id, actual: `a ${host.tag}` })];
  },
};
