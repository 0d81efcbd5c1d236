/**
 * `erase.request`: registers that a customer is to be erased. There is one run a customer at a time: a second request
 * joins it, and both are certified together. One that was blocked or cancelled begins again under its own id; one whose
 * instance ended before it, because somebody cancelled that, is taken over.
 */
import * as z from 'zod';
import { abandonedRequest, requestsIn } from '../store/erasure/index.js';
import { CUSTOMER, ERASURE_REQUEST, type Queryable, type RecordTables } from '../store/index.js';
import { changeRequest, SUBJECT } from './erasure/subject.js';
import { final } from './failures.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = SUBJECT.extend({
  basis: z.enum(['contract_end', 'nda', 'data_subject', 'retention_end', 'restore_replay']),
  requestedBy: z.string().min(1).nullish(),
  /** A whole customer; single persons of it are not erased by this process. */
  scope: z.literal('customer').default('customer'),
});

/** Country of a customer whose record is erased. */
const NOWHERE = 'ZZ';

/** → `{registered: open | joined | ended, leadRequestId, country, certificateId}`. Errors: `CUSTOMER_UNKNOWN`. */
export const eraseRequest = sideEffect({
  type: 'erase.request',
  describes: {
    title: 'Register erasure',
    says: 'Registers that a customer is to be erased; a second request joins the first.',
    output: {
      registered: 'open, joined or ended',
      leadRequestId: 'the request that does it',
      country: 'country whose laws hold',
      certificateId: 'the certificate, where there is one',
    },
  },
  input: INPUT,
  run: ({ customerId, requestId, basis, requestedBy }, job, deps) =>
    once(deps, job, 'erase.request', { customerId, requestId }, async (tx) => {
      const record = deps.record.within(tx);
      const table = record.table(ERASURE_REQUEST);
      const customer = await record.table(CUSTOMER).get(customerId);
      if (!customer) throw final('CUSTOMER_UNKNOWN', { customer: customerId });
      const country = await countryOf(record, customerId, customer.country);
      const known = await table.get(requestId);
      if (known && known.customerId !== customerId) {
        throw final('ERASURE_REQUEST_UNKNOWN', { request: requestId });
      }
      const told = { country, certificateId: known?.certificateId ?? null };
      if (known?.state === 'certified') {
        return { registered: 'ended', leadRequestId: requestId, ...told };
      }
      await takeOver(tx, record, { customerId, requestId });
      const [lead] = await requestsIn(tx, 'open', customerId);
      const leadRequestId = lead?.requestId ?? requestId;
      // The open run of this very request, begun by another instance: this one waits for it.
      if (known && lead?.requestId === requestId) {
        const registered = lead.instanceId === job.instanceId ? 'open' : 'joined';
        return { registered, leadRequestId, ...told };
      }
      const state = lead ? 'joined' : 'open';
      const { instanceId } = job;
      const joinedTo = lead ? lead.requestId : null;
      if (known) {
        const anew = { blockedBy: null, verifiedAt: null };
        await changeRequest(record, requestId, { state, joinedTo, instanceId, ...anew });
      } else {
        await table.add([
          {
            ...{ requestId, customerId, basis, state, instanceId, joinedTo, country },
            ...{ requestedBy: requestedBy ?? 'system', blockedBy: null, suppressedAt: null },
            ...{ verifiedAt: null, keyDestroyedAt: null, certificateId: null },
            ...{ dueDate: null, dueTaken: false },
          },
        ]);
      }
      return { registered: state, leadRequestId, ...told };
    }),
});

/** What nobody goes on with joins this request, with all that had joined it. */
async function takeOver(
  tx: Queryable,
  record: RecordTables,
  { customerId, requestId }: z.infer<typeof SUBJECT>,
): Promise<void> {
  const abandoned = await abandonedRequest(tx, customerId);
  if (!abandoned) return;
  const joined = await requestsIn(tx, 'joined', customerId);
  const following = joined.filter(({ joinedTo }) => joinedTo === abandoned.requestId);
  for (const one of [abandoned, ...following]) {
    if (one.requestId === requestId) continue;
    await changeRequest(record, one.requestId, { state: 'joined', joinedTo: requestId });
  }
  // itself it begins again, as one that was cancelled does
  if (abandoned.requestId === requestId) {
    await changeRequest(record, requestId, { state: 'cancelled' });
  }
}

/** An erased customer has no country; what an earlier request noted still says which laws go for it. */
async function countryOf(
  record: RecordTables,
  customerId: string,
  country: string,
): Promise<string> {
  if (country !== NOWHERE) return country;
  const earlier = await record.table(ERASURE_REQUEST).of([customerId]);
  return earlier.find((one) => one.country !== NOWHERE)?.country ?? NOWHERE;
}
