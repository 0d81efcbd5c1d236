/**
 * Inclusive gateway: every flow whose condition holds gets a token, the default only if none does; a merge
 * waits for all tokens that can still arrive. Source: BPMN 2.0.2 §13.4.3, S25, S27–S29.
 */
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';

/** Its split is that of an activity's conditional flows (S19): nothing of its own. */
export type InclusiveGateway = FlowNodeBase<'inclusiveGateway'>;

export const inclusiveGateway = defineElement<InclusiveGateway>({
  kind: 'inclusiveGateway',
  tag: 'inclusiveGateway',
  join: 'reachable',
});
