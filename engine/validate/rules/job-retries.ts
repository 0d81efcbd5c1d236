/** Retries that are written out are a whole number. Source: A01, P05. */
import { finding } from '../../errors/index.js';
import { computed } from '../../triggers/index.js';
import type { Rule } from '../rule.js';

/** Findings: BPMN_JOB_RETRIES. */
export const jobRetries: Rule = {
  node: ({ id, extensions: { taskDefinition } }) => {
    const retries = taskDefinition?.retries ?? '0';
    const isSound = 'feel' in computed(retries) || /^\d{1,9}$/.test(retries.trim());
    return isSound ? [] : [finding('BPMN_JOB_RETRIES', id, { id, value: `'${retries}'` })];
  },
};
