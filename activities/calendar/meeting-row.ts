/** The row of a meeting in the customer record, whatever version of it is told. */
import { MEETING, type RecordTables, type RowOf } from '../../store/index.js';

/** What may be said anew of a meeting. */
export type MeetingChange = Partial<Omit<RowOf<typeof MEETING>, 'meetingId' | 'customerId'>>;

/** Adds the meeting, or changes it; a sequence below the one that is known changes nothing. Class: side effect. */
export async function writeMeeting(
  record: RecordTables,
  { meetingId, customerId }: Pick<RowOf<typeof MEETING>, 'meetingId' | 'customerId'>,
  change: MeetingChange,
): Promise<void> {
  const table = record.table(MEETING);
  const found = await table.get(meetingId);
  if (!found) {
    await table.add([{ ...BLANK, ...change, meetingId, customerId }]);
  } else if (!found.isErased && (change.sequence ?? found.sequence) >= found.sequence) {
    await table.change([meetingId], found.version, change);
  }
}

const BLANK = {
  ...{ sequence: 0, kind: 'meeting', startsAt: null, endsAt: null, tz: 'UTC' },
  ...{ state: 'proposed' as const, attendees: [], notes: null },
};
