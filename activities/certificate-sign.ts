/**
 * `certificate.sign`: signs the certificate of a deletion and ends its request. What it says comes from the ledger and
 * from what is kept, not from the process; and there is none for an erasure that was not verified.
 */
import * as z from 'zod';
import {
  addCertificate,
  type CertificateBody,
  keptOf,
  type LedgerEntry,
  ledgerOf,
  requestsIn,
} from '../store/erasure/index.js';
import type { Queryable } from '../store/index.js';
import { changeRequest, type Request, requestOf, SUBJECT } from './erasure/subject.js';
import { final } from './failures.js';
import { newId } from './identifiers.js';
import { once, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  approvers: z.array(z.object({ id: z.string(), role: z.string() })).min(2),
  /** Who signs, having looked at what was found. */
  verifier: z.string().min(1),
  backupHorizon: z.iso.date(),
  keysDestroyed: z.array(z.string()).default([]),
  /** What the law has kept that no row of the record holds. */
  retained: z
    .array(z.object({ class: z.string(), law: z.string(), until: z.iso.date() }))
    .default([]),
  confirmations: z.array(z.object({ id: z.string(), result: z.string() })).default([]),
});

type Input = z.infer<typeof INPUT>;

/** → `{certificateId, counts, retained, dueDate}`. Errors: `ERASURE_NOT_VERIFIED`, `ERASURE_STATE`. */
export const certificateSign = sideEffect({
  type: 'certificate.sign',
  describes: {
    title: 'Sign deletion certificate',
    says: 'Signs what was erased, as the ledger says, and ends the request.',
    output: {
      certificateId: 'the certificate',
      counts: 'rows before and after',
      retained: 'what is kept, and until when',
      dueDate: 'when the rest may go',
    },
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const subjectPseudonym = await deps.fingerprint(`erased customer\n${input.customerId}`);
    // It reads the log of the audit, which no transaction may hold meanwhile.
    const signer = await deps.erasure.signer();
    const { requestId } = input;
    return once(deps, job, 'certificate.sign', { requestId }, async (tx) => {
      const record = deps.record.within(tx);
      const request = await requestOf(record, input);
      refuseUnverified(request);
      refuseSamePeople(request, input);
      const kept = await keptOf(tx, input.customerId);
      const exceptions = exceptionsOf(kept, input);
      const ledger = await ledgerOf(tx, requestId);
      const endedAt = new Date(deps.now()).toISOString();
      const body = bodyOf(deps, input, request, { subjectPseudonym, exceptions, ledger, endedAt });
      await addCertificate(tx, body, signer, input.verifier);
      const { certificateId } = body;
      const dates = kept.flatMap(({ until }) => until ?? []).sort();
      const [dueDate = null] = dates;
      await changeRequest(record, requestId, { state: 'certified', certificateId, dueDate });
      await certifyJoined(deps, tx, input, certificateId);
      await settleEarlier(deps, tx, input);
      const counts = ledger.map(({ system, recordClass, before, after }) => ({
        ...{ system, class: recordClass, before, after },
      }));
      return { certificateId, counts, retained: [...exceptions], dueDate };
    });
  },
});

function refuseUnverified(request: Request): void {
  const { requestId } = request;
  if (request.state !== 'open') {
    throw final('ERASURE_STATE', { request: requestId, wanted: 'open', state: request.state });
  }
  if (request.verifiedAt === null || request.keyDestroyedAt === null) {
    const detail = 'its key was not destroyed after a search that found nothing';
    throw final('ERASURE_NOT_VERIFIED', { request: requestId, detail });
  }
}

/** Who asked, who approved and who signs: whatever the process holds of them, none is another. */
function refuseSamePeople(
  { requestId, requestedBy }: Request,
  { approvers, verifier }: Input,
): void {
  const people = [requestedBy, ...approvers.map(({ id }) => id), verifier];
  const twice = people.find((one, index) => people.indexOf(one) !== index);
  if (twice === undefined) return;
  const detail = `'${twice}' has a hand in it twice: who asks, approves and signs are different people`;
  throw final('ERASURE_NOT_VERIFIED', { request: requestId, detail });
}

/** What is kept, and until when; a hold has no end that is known. */
interface Exception {
  readonly class: string;
  readonly law: string;
  readonly until: string | null;
  readonly [more: string]: string | null;
}

function exceptionsOf(
  kept: Awaited<ReturnType<typeof keptOf>>,
  { retained }: Input,
): readonly Exception[] {
  const rows = kept.map(({ because, law, until }) => ({
    class: because === 'hold' ? 'held' : 'ledger',
    law: law ?? '',
    until,
  }));
  return [...rows, ...retained.filter((one) => one.class !== 'ledger')];
}

function bodyOf(
  deps: SideEffectDeps,
  { approvers, verifier, backupHorizon, keysDestroyed, confirmations, customerId }: Input,
  request: Request,
  made: {
    readonly subjectPseudonym: string;
    readonly exceptions: readonly Exception[];
    readonly ledger: readonly LedgerEntry[];
    readonly endedAt: string;
  },
): CertificateBody {
  const { ledger, exceptions, ...rest } = made;
  const { requestId } = request;
  const methods = ledger.map(({ system, method }) => [system, method] as const);
  const totals = (of: 'before' | 'after') =>
    Object.fromEntries(ledger.map((one) => [`${one.system}.${one.recordClass}`, one[of]]));
  return {
    ...{ certificateId: newId(deps.now()), requestId, customerId, ...rest },
    ...{ basis: request.basis, scope: ['customer'], exceptions: [...exceptions] },
    systems: [...new Map(methods)].map(([system, method]) => ({ system, method })),
    method: 'delete what is read, destroy the key of the rest',
    toolVersion: deps.erasure.tool,
    countsBefore: totals('before'),
    countsAfter: totals('after'),
    verification: {
      method:
        'each place searched after erasing; a value sealed under the key and histories did not open',
      result: 'nothing found',
      subProcessors: confirmations.map((one) => ({ ...one })),
    },
    ...{ keysDestroyed: [...keysDestroyed], backupHorizon, executor: 'jornada', verifier },
    approvers: approvers.map((one) => ({ ...one })),
    startedAt: request.createdAt,
  };
}

async function certifyJoined(
  deps: SideEffectDeps,
  tx: Queryable,
  { customerId, requestId }: Input,
  certificateId: string,
): Promise<void> {
  for (const joined of await requestsIn(tx, 'joined', customerId)) {
    if (joined.joinedTo !== requestId) continue;
    const changes = { state: 'certified', certificateId } as const;
    await changeRequest(deps.record.within(tx), joined.requestId, changes);
  }
}

/** What earlier requests of the customer left to come back to, this one has seen to, and comes back to the rest. */
async function settleEarlier(
  deps: SideEffectDeps,
  tx: Queryable,
  { customerId, requestId }: Input,
): Promise<void> {
  for (const earlier of await requestsIn(tx, 'certified', customerId)) {
    if (earlier.requestId === requestId || earlier.dueTaken) continue;
    await changeRequest(deps.record.within(tx), earlier.requestId, { dueTaken: true });
  }
}
