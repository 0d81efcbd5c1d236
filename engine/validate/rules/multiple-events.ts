/** Which event definitions can stand together on one event. Source: BPMN 2.0.2 §10.5.5. */
import { type Finding, finding } from '../../errors/index.js';
import type { BpmnTag, ParsedNode } from '../../model/index.js';
import type { LevelKind } from '../model.js';
import type { Rule } from '../rule.js';

const WAITING = ['message', 'timer', 'conditional', 'signal'];
const CAUGHT = [...WAITING, 'escalation', 'error', 'compensation'];
const THROWN = ['message', 'escalation', 'compensation', 'signal'];

const COMBINABLE: { readonly [tag in BpmnTag]?: readonly string[] } = {
  startEvent: CAUGHT,
  boundaryEvent: [...CAUGHT, 'cancel'],
  intermediateCatchEvent: WAITING,
  intermediateThrowEvent: THROWN,
  endEvent: [...THROWN, 'error', 'cancel', 'terminate'],
};

/** What happens inside an instance starts none. */
const combinable = (tag: BpmnTag, kind: LevelKind): readonly string[] =>
  tag === 'startEvent' && kind === 'process' ? WAITING : (COMBINABLE[tag] ?? []);

const PARALLEL = [...WAITING, 'escalation'];

function parallel({ id, triggers, isParallelMultiple }: ParsedNode): readonly Finding[] {
  const kinds = triggers.map(({ kind }) => kind);
  const isSound = kinds.length > 1 && kinds.every((kind) => PARALLEL.includes(kind));
  if (!isParallelMultiple || isSound) return [];
  return [finding('BPMN_PARALLEL_MULTIPLE', id, { id, list: kinds.join(', ') || 'none' })];
}

/** Findings: BPMN_MULTIPLE_DEFINITIONS, BPMN_PARALLEL_MULTIPLE. */
export const multipleEvents: Rule = {
  node: (node, { kind }) => {
    const { id, tag, triggers } = node;
    const allowed = combinable(tag, kind);
    const odd = triggers.find(({ kind }) => !allowed.includes(kind));
    return triggers.length > 1 && odd
      ? [finding('BPMN_MULTIPLE_DEFINITIONS', id, { id, type: odd.kind }), ...parallel(node)]
      : parallel(node);
  },
};
