/**
 * Call activity: starts an instance of another process and waits for its end; errors and escalations that it
 * does not catch go on outwards from here. Source: BPMN 2.0.2 §10.3.6, S77–S79.
 */
import { type Finding, fault, finding } from '../errors/index.js';
import type { Computed, FlowNodeBase, ParsedNode } from '../model/index.js';
import { computed, LEAVE, WAIT } from '../triggers/index.js';
import { type Binding, isBinding } from './binding.js';
import { defineElement } from './define.js';
import { ACTIVITY_BOUNDARY } from './job.js';

export interface CallActivity extends FlowNodeBase<'callActivity'> {
  readonly target: Computed;
  readonly binding: Binding;
  readonly versionTag: string | null;
  readonly propagatesAllIn: boolean;
  readonly propagatesAllOut: boolean;
}

/** What is wrong with the binding, or null. */
const bindingProblem = ({ extensions }: ParsedNode): string | null => {
  const { bindingType = null, versionTag = null } = extensions.calledElement ?? {};
  if (bindingType === null) return null;
  if (!isBinding(bindingType)) return `'${bindingType}'`;
  return bindingType === 'versionTag' && versionTag === null ? 'versionTag without a tag' : null;
};

const findings = (node: ParsedNode): readonly Finding[] => {
  const { id, calledElement, extensions } = node;
  const processId = extensions.calledElement?.processId ?? null;
  const value = bindingProblem(node);
  const type = 'callActivity with two called processes';
  const isDouble = processId !== null && calledElement !== null && processId !== calledElement;
  return [
    ...(processId === null && calledElement === null
      ? [finding('BPMN_CALL_TARGET_MISSING', id, { id })]
      : []),
    ...(isDouble
      ? [finding('BPMN_NOT_EXECUTED', id, { id, type, remedy: 'keep one of them' })]
      : []),
    ...(value === null ? [] : [finding('BPMN_CALL_BINDING', id, { id, value })]),
  ];
};

export const callActivity = defineElement<CallActivity>({
  kind: 'callActivity',
  tag: 'callActivity',
  attaches: ACTIVITY_BOUNDARY,
  validate: ({ node }) => findings(node),
  compile: ({ node }) => {
    const called = node.extensions.calledElement;
    const bindingType = called?.bindingType ?? 'latest';
    return {
      target: computed(called?.processId ?? node.calledElement ?? ''),
      binding: isBinding(bindingType) ? bindingType : 'latest',
      versionTag: called?.versionTag ?? null,
      propagatesAllIn: called?.propagateAllParentVariables ?? true,
      propagatesAllOut: called?.propagateAllChildVariables ?? true,
    };
  },
  onEnter: ({ id, target, binding, versionTag, propagatesAllIn }, activation) => {
    const processId = activation.compute(target);
    if (!processId.ok) return { kind: 'incident', fault: processId.fault };
    if (typeof processId.value !== 'string' || processId.value === '') {
      const facts = { element: id, target: JSON.stringify(processId.value) };
      return { kind: 'incident', fault: fault('CALL_TARGET', facts) };
    }
    const call = {
      processId: processId.value,
      binding,
      versionTag,
      propagatesAll: propagatesAllIn,
    };
    const problem = activation.startChild(call);
    return problem === null ? WAIT : { kind: 'incident', fault: problem };
  },
  onEvent: ({ outputs, propagatesAllOut }, event, activation) => {
    const variables = event.kind === 'done' ? event.variables : event.payload;
    if (outputs.length > 0 || propagatesAllOut) activation.result(variables);
    return LEAVE;
  },
});
