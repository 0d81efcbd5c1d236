/** Events in the flow, and ends. */
import fc from 'fast-check';
import { feelOf, mapping } from '../drawing.js';
import { type BlockBuilder, code, condition, type Draw, id, wait } from './builder.js';

const leaf = (make: BlockBuilder['make']): BlockBuilder => ({ isNested: false, make });

export const EVENTS = {
  intermediateCatchEvent: leaf(() =>
    fc.record({ kind: fc.constant('intermediateCatchEvent'), id, trigger: wait }),
  ),
  intermediateThrowEvent: leaf(() =>
    fc.record({
      kind: fc.constant('intermediateThrowEvent'),
      id,
      trigger: fc.constantFrom('none', 'escalation', 'link', 'message', 'signal'),
      code,
    }),
  ),
  endEvent: leaf(() =>
    fc.record({
      kind: fc.constant('endEvent'),
      id,
      trigger: fc.constantFrom('error', 'escalation', 'terminate', 'none', 'message', 'signal'),
      code,
      condition,
      hasInput: fc.boolean(),
    }),
  ),
} as const satisfies Record<string, BlockBuilder>;

export const DRAW_EVENTS: {
  readonly [K in 'intermediateCatchEvent' | 'intermediateThrowEvent' | 'endEvent']: Draw<K>;
} = {
  intermediateCatchEvent: ({ id: own, trigger }, { level }) =>
    level.node('intermediateCatchEvent', own, { body: level.trigger(trigger, own) }),
  intermediateThrowEvent: ({ id: own, trigger, code: thrown }, { level }) => {
    if (trigger === 'link') {
      const link = (id_: string): string =>
        `<bpmn:linkEventDefinition id="${id_}_d" name="link-${own}" />`;
      level.node('intermediateThrowEvent', own, { body: link(own) });
      const last = level.node('intermediateCatchEvent', `${own}_catch`, {
        body: link(`${own}_catch`),
      });
      return { first: own, last: last.last };
    }
    const body = level.trigger(trigger, own, thrown);
    return level.node('intermediateThrowEvent', own, {
      body,
      extensions: level.throwExtensions(trigger),
    });
  },
  endEvent: ({ id: own, trigger, code: thrown, condition: when, hasInput }, { level }) => {
    const split = level.node('exclusiveGateway', `${own}_split`);
    const inputs = hasInput && isThrow(trigger) ? mapping({ [`p_${own}`]: 'n0' }) : [];
    const end = level.node('endEvent', own, {
      body: level.trigger(trigger, own, thrown),
      extensions: [...level.throwExtensions(trigger), ...inputs],
    });
    level.flow(split, end, feelOf(when));
    return { ...split, isDefault: true };
  },
};

/** Triggers whose end event carries a payload to a catcher. */
export const isThrow = (trigger: string): boolean =>
  trigger === 'error' || trigger === 'escalation';
