/** `backup.expiry`: the day on which the last backup that holds something of a customer is gone. */
import * as z from 'zod';
import { addDays, dayOf } from '../contracts/days.js';
import { sideEffect } from './side-effect.js';

/** `{backupDays}` → `{backupHorizon: LocalDate}`. */
export const backupExpiry = sideEffect({
  type: 'backup.expiry',
  describes: {
    title: 'End of backups',
    says: 'Tells when the last backup that holds something of a customer is gone.',
    output: { backupHorizon: 'the day' },
  },
  input: z.object({ backupDays: z.number().int().min(0).max(3650) }),
  run: async ({ backupDays }, _job, { now }) => ({
    backupHorizon: addDays(dayOf(now()), backupDays),
  }),
});
