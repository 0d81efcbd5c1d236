/**
 * An invitation to a meeting, or its withdrawal, as iCalendar text: one UID for good, a sequence that grows with each
 * change, all times in UTC. Class: pure. Source: RFC 5545 §3.1, §3.3.11, RFC 5546 §3.2.2, §3.2.5.
 */

/** Somebody who is invited, or who invites. */
export interface Person {
  readonly name: string;
  readonly mail: string;
}

/** A version of a meeting. Times are ISO 8601. */
export interface Invitation {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly uid: string;
  readonly sequence: number;
  readonly start: string;
  readonly end: string;
  /** When this version was made. */
  readonly stamp: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly organizer: Person;
  readonly attendees: readonly Person[];
}

/** The text, with line ends as iCalendar wants them. */
export function icalendar(invitation: Invitation): string {
  const { method, uid, sequence, start, end, stamp, organizer, attendees } = invitation;
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Jornada//Jornada//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${instant(stamp)}`,
    `DTSTART:${instant(start)}`,
    `DTEND:${instant(end)}`,
    `SUMMARY:${text(invitation.summary)}`,
    ...(invitation.description === '' ? [] : [`DESCRIPTION:${text(invitation.description)}`]),
    ...(invitation.location === '' ? [] : [`LOCATION:${text(invitation.location)}`]),
    `ORGANIZER;CN=${parameter(organizer.name)}:mailto:${organizer.mail}`,
    ...attendees.map(
      ({ name, mail }) =>
        `ATTENDEE;CN=${parameter(name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${mail}`,
    ),
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** `20260302T130000Z` */
const instant = (at: string): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');

const text = (value: string): string =>
  value
    .replace(/[\\;,]/g, (found) => `\\${found}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they may not stand in a text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');

/** A quoted value cannot hold a quote, nor a control character. */
const parameter = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they may not stand in a parameter
  `"${value.replace(/["\u0000-\u001f\u007f]/g, ' ')}"`;

const MOST_OCTETS = 75;

/** A line has at most 75 octets; what is longer goes on after a line end and a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
