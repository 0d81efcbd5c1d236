/**
 * One occurrence starts one interrupting event sub-process of a level; a throw has one catcher in any case.
 * Source: BPMN 2.0.2 §10.5.6, S42, S50.
 */
import { finding } from '../../errors/index.js';
import { isHandler } from '../kinds.js';
import type { Rule } from '../rule.js';
import { repeated, waitsFor } from '../waits-for.js';

/** Findings: BPMN_ESP_DUPLICATE. */
export const eventSubProcessDuplicate: Rule = {
  level: ({ id: scope, nodes }, { definitions }) => {
    const handlers = nodes.filter(isHandler).flatMap((event) => {
      const start = event.content?.nodes.find(({ tag }) => tag === 'startEvent');
      const wait = start ? waitsFor(start, definitions) : null;
      const isThrown = wait?.kind === 'error' || wait?.kind === 'escalation';
      return start?.isInterrupting || isThrown ? [{ event, wait }] : [];
    });
    return repeated(handlers).map(({ first, other, wait }) =>
      finding('BPMN_ESP_DUPLICATE', other.id, {
        scope,
        a: first.id,
        b: other.id,
        event: wait.words,
      }),
    );
  },
};
