/** `meeting.record`: what became of a meeting, and what was said, in the customer record. */
import * as z from 'zod';
import { MEETING } from '../store/index.js';
import { writeMeeting } from './calendar/meeting-row.js';
import { once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  meetingId: z.string().min(1),
  state: z.enum(MEETING.fields.state.oneOf),
  notes: z.string().max(20_000).nullish(),
});

/** `meeting.record`: → `{meetingId}`. */
export const meetingRecord = sideEffect({
  type: 'meeting.record',
  describes: {
    title: 'Record meeting',
    says: 'Writes what became of a meeting into the record.',
    output: { meetingId: 'the meeting' },
  },
  input: INPUT,
  run: ({ customerId, meetingId, state, notes }, job, deps) =>
    once(deps, job, 'meeting.record', { meetingId, state }, async (tx) => {
      const change = notes === null || notes === undefined ? { state } : { state, notes };
      await writeMeeting(deps.record.within(tx), { meetingId, customerId }, change);
      return { meetingId };
    }),
});
