import { describe, expect, test } from 'vitest';
import { icalendar } from '../../activities/calendar/icalendar.js';
import { slotsFor, type Wanted } from '../../activities/calendar/slots.js';
import { composeMail } from '../../activities/mail/compose.js';

const INVITATION = {
  method: 'REQUEST',
  uid: 'm-1@jornada.example',
  sequence: 2,
  start: '2026-03-04T13:00:00.000Z',
  end: '2026-03-04T14:00:00.000Z',
  stamp: '2026-03-02T12:00:00.000Z',
  summary: 'Kick-off; Padaria, Aurora',
  description: '',
  location: 'Sala 1\nandar 2',
  organizer: { name: 'Jornada', mail: 'noreply@jornada.example' },
  attendees: [{ name: 'Rui "o" Sá', mail: 'rui@aurora.example' }],
} as const;

/** Lines as they are meant: what was folded is one again. */
const linesOf = (text: string): readonly string[] => text.replace(/\r\n /g, '').split('\r\n');

describe('an invitation', () => {
  test('says who, when and which version, in UTC, with what is special escaped', () => {
    const lines = linesOf(icalendar(INVITATION));
    for (const line of [
      'METHOD:REQUEST',
      'UID:m-1@jornada.example',
      'SEQUENCE:2',
      'DTSTAMP:20260302T120000Z',
      'DTSTART:20260304T130000Z',
      'DTEND:20260304T140000Z',
      'SUMMARY:Kick-off\\; Padaria\\, Aurora',
      'LOCATION:Sala 1\\nandar 2',
      'STATUS:CONFIRMED',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines).toContain(
      'ATTENDEE;CN="Rui  o  Sá";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:rui@aurora.example',
    );
  });

  test('is taken back under the same id', () => {
    const lines = linesOf(icalendar({ ...INVITATION, method: 'CANCEL', sequence: 3 }));
    expect(lines).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', `UID:${INVITATION.uid}`, 'STATUS:CANCELLED']),
    );
  });

  test.each(['á'.repeat(200), '😀'.repeat(100), 'x'.repeat(500)])(
    'has no line of more than 75 octets, and cuts no character',
    (summary) => {
      const text = icalendar({ ...INVITATION, summary });
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(76);
      expect(linesOf(text)).toContain(`SUMMARY:${summary}`);
    },
  );

  test('goes as a part that mail programs act upon, and as a file', async () => {
    const content = { locale: 'en', subject: 'Kick-off', text: 'Hello', html: '<p>Hello</p>' };
    const calendar = { method: 'REQUEST', text: icalendar(INVITATION) } as const;
    const { organizer, attendees } = INVITATION;
    const { raw } = await composeMail('key', organizer, attendees[0], content, calendar);
    const mail = raw.toString();
    expect(mail).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
    expect(mail).toMatch(/Content-Type: application\/ics; name=invite\.ics/);
  });
});

const WANTED: Wanted = {
  tz: 'America/Sao_Paulo',
  hours: ['09:00', '17:30'],
  office: { tz: 'America/Sao_Paulo', hours: ['08:00', '19:00'] },
  holidays: [],
  count: 3,
  days: 5,
  minutes: 60,
  fromMs: Date.parse('2026-03-06T15:00:00Z'), // a Friday, noon
  exclude: [],
};

const local = (start: string, tz: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(start));

describe('times for a meeting', () => {
  test('are on business days, in the hours of the customer, one a day', () => {
    const slots = slotsFor(WANTED);
    expect(slots).toHaveLength(3);
    const days = slots.map(({ start }) => start.slice(0, 10));
    expect(new Set(days).size).toBe(3);
    for (const { start, end } of slots) {
      expect(Date.parse(end) - Date.parse(start)).toBe(3_600_000);
      expect(local(start, WANTED.tz)).not.toMatch(/Sat|Sun/);
      expect(Number(local(start, WANTED.tz).slice(-5, -3))).toBeGreaterThanOrEqual(9);
      expect(local(end, WANTED.tz).slice(-5) <= '17:30').toBe(true);
    }
  });

  test('lie in our office hours as well, where the two have any in common', () => {
    const slots = slotsFor({ ...WANTED, tz: 'Europe/Berlin' });
    expect(slots).toHaveLength(3);
    for (const { start } of slots) {
      expect(Number(local(start, WANTED.tz).slice(-5, -3))).toBeGreaterThanOrEqual(8);
    }
  });

  test('are those of the customer alone where the two have none in common', () => {
    const slots = slotsFor({ ...WANTED, tz: 'Asia/Tokyo' });
    expect(slots).toHaveLength(3);
    for (const { start } of slots) {
      expect(Number(local(start, 'Asia/Tokyo').slice(-5, -3))).toBeGreaterThanOrEqual(9);
    }
  });

  test('are others than those that were turned down, and never on a holiday', () => {
    const first = slotsFor(WANTED);
    const exclude = first.map(({ start }) => start);
    const again = slotsFor({ ...WANTED, exclude, holidays: ['2026-03-09'] });
    for (const { start } of again) {
      expect(exclude).not.toContain(start);
      expect(start.slice(0, 10)).not.toBe('2026-03-09');
    }
  });

  test('keep the hours of the wall over a change of daylight saving time', () => {
    const fromMs = Date.parse('2026-10-23T18:00:00Z'); // clocks go back on the 25th
    const slots = slotsFor({
      ...WANTED,
      tz: 'Europe/Berlin',
      office: { ...WANTED.office, tz: 'Europe/Berlin' },
      fromMs,
    });
    for (const { start, end } of slots) {
      expect(local(start, 'Europe/Berlin').slice(-5) >= '09:00').toBe(true);
      expect(local(end, 'Europe/Berlin').slice(-5) <= '17:30').toBe(true);
    }
  });

  test('are fewer where there are not enough', () => {
    expect(slotsFor({ ...WANTED, minutes: 480, days: 1, count: 3 }).length).toBeLessThan(3);
  });
});
