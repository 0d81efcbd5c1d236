/**
 * End event: consumes its token, after producing its result. Source: BPMN 2.0.2 §10.5.3, S34, S36, S39, S42.
 */
import { defineElement } from './define.js';
import { compileThrowing, enterThrowing, type ThrowingEvent } from './throwing.js';

export type EndEvent = ThrowingEvent<'endEvent'>;

export const endEvent = defineElement<EndEvent>({
  kind: 'endEvent',
  tag: 'endEvent',
  compile: compileThrowing,
  onEnter: enterThrowing,
});
