/**
 * `hold.place`: keeps data of a customer from being erased, from the moment at which it commits. What says why is the
 * ground and the id of the matter: the process that places a hold outlives the customer's key, so it holds no text.
 */
import * as z from 'zod';
import { lockHolds, requestsIn } from '../store/erasure/index.js';
import { ENTITIES, LEGAL_HOLD, type Queryable } from '../store/index.js';
import { final } from './failures.js';
import { newId } from './identifiers.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  /** `all`, or names of tables of the record. */
  records: z.array(z.string().min(1).max(60)).min(1).max(100),
  /** First fields of the keys of rows; all rows when absent. */
  keys: z.array(z.string().min(1).max(200)).max(1_000).nullish(),
  ground: z.string().min(1).max(200),
  matterId: z.string().min(1).max(200),
  placedBy: z.string().min(1),
});

/** → `{holdId, placedAt}`. Errors: `CUSTOMER_UNKNOWN`, `HOLD_RECORDS_UNKNOWN`, `HOLD_TOO_LATE`. */
export const holdPlace = sideEffect({
  type: 'hold.place',
  describes: {
    title: 'Place legal hold',
    says: 'Keeps data of a customer from being erased.',
    output: { holdId: 'the hold', placedAt: 'since when' },
  },
  input: INPUT,
  run: ({ customerId, records, keys, ground, matterId, placedBy }, job, deps) => {
    const tables: readonly string[] = ENTITIES.map(({ table }) => table);
    const unknown = records.find((one) => one !== 'all' && !tables.includes(one));
    if (unknown !== undefined) {
      throw final('HOLD_RECORDS_UNKNOWN', { records: unknown, known: tables.join(', ') });
    }
    return once(deps, job, 'hold.place', { customerId, records }, async (tx) => {
      await lockHolds(tx, customerId);
      await refuseTooLate(tx, customerId);
      const holdId = newId(deps.now());
      const placedAt = new Date(deps.now()).toISOString();
      const isOfRows = keys && keys.length > 0;
      const scope = records.map((one) => ({ records: one, ...(isOfRows && { keys: [...keys] }) }));
      const reason = `${ground}, matter ${matterId}`;
      const open = { releasedBy: null, releasedAt: null };
      const row = { holdId, customerId, scope, reason, placedBy, placedAt, ...open };
      await deps.record.within(tx).table(LEGAL_HOLD).add([row]);
      return { holdId, placedAt };
    });
  },
});

/** An erasure that found nothing left destroys the keys: what a hold would keep is gone or goes this moment. */
async function refuseTooLate(tx: Queryable, customerId: string): Promise<void> {
  const [lead] = await requestsIn(tx, 'open', customerId);
  if (!lead || lead.verifiedAt === null) return;
  throw final('HOLD_TOO_LATE', { customer: customerId, request: lead.requestId });
}
