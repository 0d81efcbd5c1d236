/** A throw of compensation sees its level, and from an event sub-process the one around. Source: BPMN 2.0.2 §10.7. */
import { finding } from '../../errors/index.js';
import type { Level } from '../model.js';
import type { Rule } from '../rule.js';

const THROWS = ['endEvent', 'intermediateThrowEvent'];

const isVisible = (target: Level | undefined, from: Level): boolean =>
  target === from || (from.kind === 'eventSubProcess' && target === from.parent);

/** Findings: BPMN_COMPENSATE_NOT_VISIBLE. */
export const compensationScope: Rule = {
  node: ({ id, tag, triggers }, level, { levelOf }) =>
    THROWS.includes(tag)
      ? triggers.flatMap((trigger) => {
          const ref = trigger.kind === 'compensation' ? trigger.ref : null;
          const target = levelOf.get(ref ?? '');
          if (ref === null || isVisible(target, level)) return [];
          const scope = target?.id ?? 'another process';
          return [finding('BPMN_COMPENSATE_NOT_VISIBLE', id, { id, ref, scope })];
        })
      : [],
};
