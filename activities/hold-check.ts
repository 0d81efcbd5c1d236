/** `hold.check`: which legal holds keep data of a customer, and whether they keep all of it. Read anew each time. */
import * as z from 'zod';
import { areAllHeld, openHolds } from '../store/erasure/index.js';
import { sideEffect } from './side-effect.js';

/** → `{allHeld, holdIds, heldRecords}`: `heldRecords` names tables, or `all`. */
export const holdCheck = sideEffect({
  type: 'hold.check',
  describes: {
    title: 'Check legal holds',
    says: 'Tells which legal holds keep data of a customer.',
    output: {
      allHeld: 'whether all of it is kept',
      holdIds: 'the holds',
      heldRecords: 'what they keep',
    },
  },
  input: z.object({ customerId: z.string().min(1) }),
  run: async ({ customerId }, _job, { erasure }) => {
    const holds = await erasure.reading((db) => openHolds(db, erasure.sealer, customerId));
    const records = holds.flatMap(({ scope }) => scope.map((one) => one.records));
    return {
      allHeld: areAllHeld(holds),
      holdIds: holds.map(({ holdId }) => holdId),
      heldRecords: [...new Set(records)].sort(),
    };
  },
});
