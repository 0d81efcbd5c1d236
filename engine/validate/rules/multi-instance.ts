/** A multi-instance activity knows its size, and where its outputs go. Source: BPMN 2.0.2 §10.3.8, S70, S72. */
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedLoop } from '../../model/index.js';
import { feel } from '../../triggers/index.js';
import type { Rule } from '../rule.js';

type MultiInstance = Extract<ParsedLoop, { kind: 'multiInstance' }>;

/** What is known without a run; a computed size is checked when the activity begins. */
const LITERAL = /^(-?\d*\.?\d+|"[^"]*"|true|false|null)$/;

function sizeFindings(
  id: string,
  { cardinality, inputCollection }: MultiInstance,
): readonly Finding[] {
  const sizes = [cardinality, inputCollection].filter((size) => size !== null);
  if (sizes.length !== 1) {
    return [finding('BPMN_MI_SIZE', id, { id, n: sizes.length === 0 ? 'neither' : 'both' })];
  }
  const value = cardinality === null ? '0' : feel(cardinality);
  const isSound = !LITERAL.test(value) || /^\d{1,15}$/.test(value);
  return isSound ? [] : [finding('BPMN_REPETITION_RANGE', id, { id, value })];
}

/** A count has no items to hand out. */
function idleElement(id: string, loop: MultiInstance): readonly Finding[] {
  const isIdle = loop.inputElement !== null && loop.inputCollection === null;
  if (!isIdle || loop.cardinality === null) return [];
  const remedy = 'read `loopCounter` instead, or give an input collection';
  const type = 'multi-instance with a cardinality and an input element';
  return [finding('BPMN_NOT_EXECUTED', id, { id, type, remedy })];
}

/** Findings: BPMN_MI_SIZE, BPMN_MI_OUTPUT_PAIR, BPMN_REPETITION_RANGE; BPMN_NOT_EXECUTED for an idle input element. */
export const multiInstance: Rule = {
  node: ({ id, loop }) => {
    if (loop?.kind !== 'multiInstance') return [];
    const { outputCollection, outputElement } = loop;
    const isPaired = (outputCollection === null) === (outputElement === null);
    const attr = outputCollection === null ? '`outputElement`' : '`outputCollection`';
    return [
      ...sizeFindings(id, loop),
      ...idleElement(id, loop),
      ...(isPaired ? [] : [finding('BPMN_MI_OUTPUT_PAIR', id, { id, attr })]),
    ];
  },
};
