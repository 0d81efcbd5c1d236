/**
 * `calendar.invite`: invites people to a meeting, or takes the invitation back, each by a mail of the template that the
 * header `jornada:mail` names, with the invitation as iCalendar. The version is written into the record first: a mail
 * that goes out is never newer than the record.
 */
import * as z from 'zod';
import { icalendar } from './calendar/icalendar.js';
import { writeMeeting } from './calendar/meeting-row.js';
import { onePerAddress } from './mail/reach.js';
import { sendJobMail } from './mail-send.js';
import { CONTACT, INSTANT, once, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  meetingId: z.string().min(1),
  sequence: z.number().int().min(0),
  method: z.enum(['REQUEST', 'CANCEL']).default('REQUEST'),
  kind: z.string().min(1).default('meeting'),
  slot: z.object({ start: INSTANT, end: INSTANT }),
  tz: z.string(),
  attendees: z.array(CONTACT).min(1).max(100),
  summary: z.string().min(1).max(200),
  description: z.string().max(5000).default(''),
  location: z.string().max(500).default(''),
  data: z.record(z.string(), z.json()).default({}),
  locale: z.string().default('en'),
});

/** `calendar.invite`: → `{invitedAt}`. Errors: those of mails and of the ledger. */
export const calendarInvite = sideEffect({
  type: 'calendar.invite',
  describes: {
    title: 'Send invitation',
    says: 'Mails an invitation to a meeting, which calendars take.',
    output: { invitedAt: 'when it went' },
    sendsMail: true,
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const { customerId, meetingId, sequence, method, kind, slot, tz, attendees } = input;
    const invitedAt = await once(
      deps,
      job,
      'calendar.invite',
      { meetingId, sequence },
      async (tx) => {
        const people = attendees.map(({ contactId = null, name, mail }) => ({
          contactId,
          name,
          mail,
        }));
        await writeMeeting(
          deps.record.within(tx),
          { meetingId, customerId },
          {
            ...{ kind, sequence, tz, startsAt: iso(slot.start), endsAt: iso(slot.end) },
            ...{ state: method === 'CANCEL' ? 'cancelled' : 'booked', attendees: people },
          },
        );
        return new Date(deps.now()).toISOString();
      },
    );
    const { summary, description, location } = input;
    const domain = deps.sender.mail.slice(deps.sender.mail.lastIndexOf('@') + 1);
    const text = icalendar({
      ...{ method, sequence, start: slot.start, end: slot.end, stamp: invitedAt },
      ...{ uid: `${meetingId}@${domain}`, summary, description, location },
      ...{ organizer: deps.sender, attendees },
    });
    const data = {
      ...input.data,
      start: iso(slot.start),
      end: iso(slot.end),
      tz,
      summary,
      location,
    };
    for (const recipient of onePerAddress(attendees)) {
      await sendJobMail(deps, job, {
        ...{ recipient, locale: input.locale, data, whenUnknown: 'resend' },
        calendar: { method, text },
      });
    }
    return { invitedAt };
  },
});

const iso = (text: string): string => new Date(text).toISOString();
