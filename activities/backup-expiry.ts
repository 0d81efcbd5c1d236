/** `backup.expiry`: the day on which the last backup that holds something of a customer is gone. */
import * as z from 'zod';
import { dayOf } from './days.js';
import { sideEffect } from './side-effect.js';

const DAY_MS = 24 * 60 * 60 * 1000;

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
    backupHorizon: dayOf(now() + backupDays * DAY_MS),
  }),
});
