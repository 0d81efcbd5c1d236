/**
 * Intermediate throw event: produces its result and goes on. Source: BPMN 2.0.2 §10.5.4, S33, S42, S65.
 */
import { defineElement } from './define.js';
import { compileThrowing, enterThrowing, type ThrowingEvent } from './throwing.js';

export type IntermediateThrowEvent = ThrowingEvent<'intermediateThrowEvent'>;

export const intermediateThrowEvent = defineElement<IntermediateThrowEvent>({
  kind: 'intermediateThrowEvent',
  tag: 'intermediateThrowEvent',
  compile: compileThrowing,
  onEnter: enterThrowing,
});
