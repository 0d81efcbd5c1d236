/** `erase.verify`: looks for what is left of a customer in one place, after it was erased there. */
import * as z from 'zod';
import { SUBJECT, subjectOf } from './erasure/subject.js';
import { type ErasedSystem, SYSTEMS } from './erasure/systems/index.js';
import { sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  system: z
    .string()
    .refine((id) => SYSTEMS.some((one) => one.id === id), 'there is no such system'),
});

/** → `{residue: {system, place, count}[]}`; an empty list: nothing is left. */
export const eraseVerify = sideEffect({
  type: 'erase.verify',
  describes: {
    title: 'Verify erasure',
    says: 'Looks for what is left in one place, after it was erased there.',
    output: { residue: 'what is left' },
  },
  input: INPUT,
  run: async ({ system: id, ...of }, _job, deps) => {
    const subject = await subjectOf(deps.record, deps.erasure.keys, of);
    const system = SYSTEMS.find((one) => one.id === id) as ErasedSystem;
    const residue = await system.residue({ deps, subject, retained: [] });
    return { residue: residue.map((one) => ({ system: id, ...one })) };
  },
});
