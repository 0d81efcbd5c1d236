/** `erase.plan`: counts what an erasure would meet, and changes nothing. How each is erased the package decides. */

import { SUBJECT, subjectOf } from './erasure/subject.js';
import { SYSTEMS } from './erasure/systems/index.js';
import { sideEffect } from './side-effect.js';

/** Classes of records about which the law says how long they are kept. */
const CLASSES: readonly string[] = ['ledger', 'certificates', 'security_log'];

/** → `{systems: {system, store, count, items}[], classes, country, total}`. */
export const erasePlan = sideEffect({
  type: 'erase.plan',
  describes: {
    title: 'Plan erasure',
    says: 'Counts what an erasure would meet, and changes nothing.',
    output: {
      systems: 'what there is, by system',
      classes: 'classes of records',
      country: 'country whose laws hold',
      total: 'records in all',
    },
  },
  input: SUBJECT,
  run: async (input, _job, deps) => {
    const subject = await subjectOf(deps.record, deps.erasure.keys, input);
    const systems = [];
    for (const { id, store, count } of SYSTEMS) {
      const counts = await count({ deps, subject, retained: [] });
      const items = Object.entries(counts)
        .filter(([, one]) => one > 0)
        .map(([recordClass, one]) => ({ recordClass, count: one }));
      const total = items.reduce((sum, one) => sum + one.count, 0);
      systems.push({ system: id, store, count: total, items });
    }
    const total = systems.reduce((sum, { count }) => sum + count, 0);
    return { systems, classes: [...CLASSES], country: subject.request.country, total };
  },
});
