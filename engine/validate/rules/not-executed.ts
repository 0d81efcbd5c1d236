/**
 * What BPMN knows and Jornada does not carry out yet is refused with what to draw instead, never passed over.
 * Source: docs/design.md D16, S07.
 */
import { elementOf } from '../../elements/index.js';
import { type Finding, finding } from '../../errors/index.js';
import type { ParsedNode } from '../../model/index.js';
import { isExecuted } from '../../triggers/index.js';
import type { Rule } from '../rule.js';

/** A construct in words, and what to draw instead. */
type Refusal = readonly [type: string, remedy: string];

const TAGS: Readonly<Record<string, string>> = {
  complexGateway: 'use exclusive, inclusive and parallel gateways',
  transaction: 'use a sub-process with an error boundary event and tasks that undo',
  adHocSubProcess: 'use a sub-process and draw in which order its activities may run',
};

const TRIGGERS: Readonly<Record<string, string>> = {
  conditional: 'send a message or a signal when the data change',
  compensation: 'draw the tasks that undo behind an error boundary event',
  cancel: 'use an error event',
};

const ONE_EACH = 'draw one event for each definition';
const BY_START_EVENT = 'use a message start event';

function ofNode(node: ParsedNode): readonly Refusal[] {
  const { tag, isForCompensation, isInstantiating } = node;
  const isKnown = elementOf(node) !== null || isInstantiating;
  const remedy = TAGS[tag] ?? 'draw something else';
  return [
    ...(isKnown ? [] : [[tag, remedy] as const]),
    ...(isForCompensation
      ? [[`${tag} for compensation`, 'draw it on the path of an error boundary event'] as const]
      : []),
    ...(isInstantiating ? [[`${tag} with \`instantiate\``, BY_START_EVENT] as const] : []),
  ];
}

function ofEvent({ tag, triggers, isParallelMultiple }: ParsedNode): readonly Refusal[] {
  const several = triggers.length > 1 || isParallelMultiple;
  return [
    ...triggers
      .filter((trigger) => !isExecuted(trigger))
      .map(({ kind }) => [`${tag} (${kind})`, TRIGGERS[kind] ?? 'use another trigger'] as const),
    ...(several ? [[`${tag} with several event definitions`, ONE_EACH] as const] : []),
  ];
}

function ofActivity({ tag, loop, ...node }: ParsedNode): readonly Refusal[] {
  const quantities = ['startQuantity', 'completionQuantity'] as const;
  const refusals: readonly Refusal[] = quantities
    .filter((name) => node[name] > 1)
    .map((name) => [
      `${tag} with \`${name}\` ${node[name]}`,
      'use parallel gateways or multi-instance',
    ]);
  if (loop === null) return refusals;
  if (loop.kind === 'standard') {
    const remedy = 'draw the loop with an exclusive gateway, or use multi-instance';
    return [...refusals, [`${tag} with a standard loop`, remedy]];
  }
  return loop.behavior === 'All'
    ? refusals
    : [...refusals, [`${tag} with behavior ${loop.behavior}`, 'remove `behavior`']];
}

/** Findings: BPMN_NOT_EXECUTED, BPMN_QUANTITY_RANGE. */
export const notExecuted: Rule = {
  node: (node): readonly Finding[] => {
    const { id } = node;
    const refusals = [...ofNode(node), ...ofEvent(node), ...ofActivity(node)];
    const quantities = (['startQuantity', 'completionQuantity'] as const).filter(
      (name) => node[name] < 1,
    );
    return [
      ...refusals.map(([type, remedy]) => finding('BPMN_NOT_EXECUTED', id, { id, type, remedy })),
      ...quantities.map((attr) =>
        finding('BPMN_QUANTITY_RANGE', id, { attr: `\`${attr}\``, id, value: node[attr] }),
      ),
    ];
  },
};
