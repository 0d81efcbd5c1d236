/**
 * Parallel gateway: fires once every incoming flow holds a token, consumes one of each and puts one on each
 * flow out. Surplus tokens wait for the next round. Source: BPMN 2.0.2 §13.4.1, S26.
 */
import type { FlowNodeBase } from '../model/index.js';
import { defineElement } from './define.js';

export type ParallelGateway = FlowNodeBase<'parallelGateway'>;

export const parallelGateway = defineElement<ParallelGateway>({
  kind: 'parallelGateway',
  tag: 'parallelGateway',
  join: 'all-flows',
});
