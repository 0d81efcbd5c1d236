/** A throw has one catcher: no two boundary events of a host catch the same code. Source: BPMN 2.0.2 §10.5.6. */
import { finding } from '../../errors/index.js';
import { isEvent } from '../kinds.js';
import type { Rule } from '../rule.js';
import { repeated, waitsFor } from '../waits-for.js';

/** Findings: BPMN_BOUNDARY_CATCH_DUPLICATE. */
export const boundaryCatchDuplicate: Rule = {
  node: (host, { boundary }, { definitions }) => {
    if (isEvent(host)) return [];
    const catchers = (boundary.get(host.id) ?? [])
      .map((event) => ({ event, wait: waitsFor(event, definitions) }))
      .filter(({ wait }) => wait?.kind === 'error' || wait?.kind === 'escalation');
    return repeated(catchers).map(({ first, other, wait }) =>
      finding('BPMN_BOUNDARY_CATCH_DUPLICATE', other.id, {
        host: host.id,
        a: first.id,
        b: other.id,
        type: wait.words,
      }),
    );
  },
};
