/**
 * `calendar.propose-slots`: times for a meeting with a customer, in its zone. Nothing is booked: no calendar is asked who
 * is free; where there is one, a worker of yours serves this task type in its place.
 */
import * as z from 'zod';
import { isZone } from '../contracts/time-text.js';
import { writeMeeting } from './calendar/meeting-row.js';
import { slotsFor } from './calendar/slots.js';
import { newId } from './identifiers.js';
import { once, sideEffect } from './side-effect.js';

const HOUR = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const HOURS = z.tuple([HOUR, HOUR]);

const INPUT = z.object({
  customerId: z.string().min(1),
  /** Of a meeting that is proposed again; a new one has none. */
  meetingId: z.string().min(1).nullish(),
  kind: z.string().min(1).default('meeting'),
  tz: z.string().refine(isZone, 'no such time zone'),
  exclude: z.array(z.string()).default([]),
  settings: z.object({
    slotCount: z.number().int().min(1).max(20),
    slotDays: z.number().int().min(1).max(60),
    slotMinutes: z.number().int().min(5).max(480),
    /** Hours before which nobody can come, from now on. */
    slotNoticeHours: z.number().min(0).default(0),
    slotHours: HOURS,
    officeTz: z.string().refine(isZone, 'no such time zone'),
    officeHours: HOURS,
    holidays: z.array(z.string()).default([]),
  }),
});

/** `calendar.propose-slots`: → `{meetingId, slots: [{start, end}]}`. */
export const calendarProposeSlots = sideEffect({
  type: 'calendar.propose-slots',
  describes: {
    title: 'Propose times',
    says: 'Proposes times for a meeting.',
    output: { meetingId: 'the meeting', slots: 'the times' },
  },
  input: INPUT,
  run: ({ customerId, meetingId, kind, tz, exclude, settings }, job, deps) =>
    once(deps, job, 'calendar.propose-slots', { kind, exclude }, async (tx) => {
      const id = meetingId ?? newId(deps.now());
      const slots = slotsFor({
        ...{ tz, exclude, hours: settings.slotHours, holidays: settings.holidays },
        ...{ count: settings.slotCount, days: settings.slotDays, minutes: settings.slotMinutes },
        office: { tz: settings.officeTz, hours: settings.officeHours },
        fromMs: deps.now() + settings.slotNoticeHours * 3_600_000,
      });
      const place = { meetingId: id, customerId };
      await writeMeeting(deps.record.within(tx), place, { kind, tz, state: 'proposed' });
      return { meetingId: id, slots: slots.map((slot) => ({ ...slot })) };
    }),
});
