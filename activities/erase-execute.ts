/**
 * `erase.execute`: erases a customer from one place. The count before is written down first, and the ledger says what
 * became of it; killed anywhere between, it is done again and comes to the same.
 */
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { addToLedger, type Counts } from '../store/erasure/index.js';
import { StoreFailure } from '../store/index.js';
import { SUBJECT, type Subject, subjectOf } from './erasure/subject.js';
import { type ErasedSystem, type Erasing, SYSTEMS } from './erasure/systems/index.js';
import { final } from './failures.js';
import { bpmnError, once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  system: z
    .string()
    .refine((id) => SYSTEMS.some((one) => one.id === id), 'there is no such system'),
  method: z.string().min(1),
  retained: z
    .array(z.object({ class: z.string(), law: z.string(), until: z.iso.date() }))
    .default([]),
});

/** BPMN error: a hold on all of the customer came after the check. */
export const LEGAL_HOLD_ERROR = 'LEGAL_HOLD';

/** → `{erased: {system, recordClass, before, after, kept}[]}`. Errors: `LEGAL_HOLD` (BPMN), `ERASURE_STATE`. */
export const eraseExecute = sideEffect({
  type: 'erase.execute',
  describes: {
    title: 'Erase',
    says: 'Erases a customer from one place, and notes it in the ledger.',
    output: { erased: 'what was erased, by class' },
  },
  input: INPUT,
  run: async ({ system: id, method, retained, ...of }, job, deps) => {
    const subject = await subjectOf(deps.record, deps.erasure.keys, of);
    const { request, requestId } = subject;
    if (request.state !== 'open') {
      throw final('ERASURE_STATE', { request: requestId, wanted: 'open', state: request.state });
    }
    const system = SYSTEMS.find((one) => one.id === id) as ErasedSystem;
    const erasing: Erasing = { deps, subject, retained };
    const before = await countBefore(erasing, system, job);
    const kept = await obeyingHolds(() => system.erase(erasing));
    const counts = kept ?? countsOf(before, await system.count(erasing));
    const entries = counts.map((one) => ({
      ...one,
      before: before[one.recordClass] ?? one.before,
    }));
    return note(deps, job, subject, { system: id, method }, entries);
  },
});

/** What there was before the first attempt began. */
async function countBefore(
  erasing: Erasing,
  { id, count }: ErasedSystem,
  job: JobInput,
): Promise<Readonly<Record<string, number>>> {
  const { requestId } = erasing.subject;
  const counted = await count(erasing);
  const first = partOf(job, 'before');
  return once(erasing.deps, first, 'erase.before', { requestId, id }, async () => ({ ...counted }));
}

async function obeyingHolds<T>(erase: () => Promise<T>): Promise<T> {
  try {
    return await erase();
  } catch (error) {
    if (!(error instanceof StoreFailure) || error.code !== 'LEGAL_HOLD') throw error;
    throw bpmnError(LEGAL_HOLD_ERROR, error.message);
  }
}

function countsOf(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): readonly Counts[] {
  return Object.entries(before).map(([recordClass, count]) => ({
    ...{ recordClass, before: count, after: after[recordClass] ?? 0, kept: 0 },
  }));
}

function note(
  deps: SideEffectDeps,
  job: JobInput,
  { requestId, customerId }: Subject,
  how: { readonly system: string; readonly method: string },
  counts: readonly Counts[],
) {
  const at = new Date(deps.now()).toISOString();
  const met = counts.filter(({ before, after, kept }) => before + after + kept > 0);
  return once(deps, job, 'erase.execute', { requestId, system: how.system }, async (tx) => {
    const entries = met.map((one) => ({ ...one, ...how, customerId, at }));
    await addToLedger(tx, requestId, entries);
    const { system } = how;
    return { erased: met.map((one) => ({ system, ...one })) };
  });
}
