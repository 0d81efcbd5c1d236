/**
 * The embedded mail catcher: an SMTP server on loopback that delivers nothing and keeps what it gets as files, so
 * that processes send real mail without any mail server. It is used where SMTP_URL is not set.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { explain } from '../../engine/errors/index.js';
import { type Mailbox, openMailbox } from './mailbox.js';

export { type CaughtMail, type Mailbox, openMailbox } from './mailbox.js';

/** A running catcher. */
export interface MailCatcher {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly mailbox: Mailbox;
  readonly close: () => Promise<void>;
}

/** What it may be told. */
export interface MailCatcherOptions {
  readonly folder: string;
  /** 0, the default: any free port. */
  readonly port?: number;
  readonly now?: () => number;
}

const HOST = '127.0.0.1';
const MOST_BYTES = 10 * 1024 * 1024;

/** Starts the catcher. Errors: `MAIL_CATCHER_UNAVAILABLE`. Class: side effect. */
export async function startMailCatcher(options: MailCatcherOptions): Promise<MailCatcher> {
  const { folder, port = 0, now = Date.now } = options;
  const mailbox = await openMailbox(folder, now);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    onData: (stream, _session, done) => {
      keep(stream, mailbox).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  // a client that breaks its connection is no trouble of ours
  server.on('error', () => {});
  const listening = await listen(server, port);
  return {
    url: `smtp://${HOST}:${listening}?tls=none`,
    mailbox,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function keep(stream: SMTPServerDataStream, mailbox: Mailbox): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) {
    throw Object.assign(new Error('Message is too large'), { responseCode: 552 });
  }
  await mailbox.keep(Buffer.concat(chunks));
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const facts = { host: `${HOST}:${port}`, detail: error.message };
      reject(new Error(explain('MAIL_CATCHER_UNAVAILABLE', facts)));
    };
    server.server.once('error', failed);
    server.listen(port, HOST, () => {
      server.server.removeListener('error', failed);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
