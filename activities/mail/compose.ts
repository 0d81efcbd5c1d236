/** Composes a mail as bytes that are the same at each attempt but for its date. Class: pure but for the clock. */
import MailComposer from 'nodemailer/lib/mail-composer';
import { headerText, mailAddress } from './fields.js';
import type { Envelope } from './smtp.js';
import type { RenderedMail } from './template.js';

/** Who gets a mail. */
export interface Recipient {
  readonly name: string;
  readonly mail: string;
}

/** Who sends mail, and the domain of its message ids. */
export interface Sender {
  readonly name: string;
  readonly mail: string;
}

/** An invitation, as iCalendar: it goes as an alternative part, which mail programs act upon, and as a file. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly text: string;
}

/**
 * @param key - becomes `Message-ID: <key@domain>` and the MIME boundary
 * Errors: `EMAIL_FIELD_INVALID`, for good.
 */
export async function composeMail(
  key: string,
  sender: Sender,
  recipient: Recipient,
  content: RenderedMail,
  calendar: CalendarPart | null = null,
): Promise<Envelope> {
  const from = mailAddress('sender', sender.mail);
  const to = mailAddress('recipient', recipient.mail);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const composer = new MailComposer({
    from: { name: headerText('sender name', sender.name), address: from },
    to: [{ name: headerText('recipient name', recipient.name), address: to }],
    subject: headerText('subject', content.subject),
    messageId: `<${key}@${domain}>`,
    baseBoundary: key,
    headers: { 'Content-Language': content.locale, 'Auto-Submitted': 'auto-generated' },
    text: content.text,
    html: content.html,
    ...(calendar && {
      icalEvent: { method: calendar.method, content: calendar.text, filename: 'invite.ics' },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from, to, raw: await composer.compile().build() };
}
