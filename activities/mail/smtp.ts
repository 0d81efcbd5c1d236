/**
 * Hands one mail to an SMTP server and says what became of it. Once all of the mail is on the wire, only the
 * server's answer tells whether it took it. Class: side effect. Source: RFC 5321 §4.2.1, §6.1.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** Where mail goes. */
export interface SmtpTarget {
  /** `smtp://user:password@host:port`, `smtps://…`; `?tls=none` forbids STARTTLS. */
  readonly url: string;
  /** Milliseconds to connect, and without a word from the server. */
  readonly timeoutMs?: number;
}

/** One mail, composed. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

/** What became of a mail. */
export type Handover =
  | { readonly kind: 'accepted'; readonly response: string }
  /** The server said no: for good (5xx), or for now (4xx). */
  | { readonly kind: 'refused'; readonly isFinal: boolean; readonly status: number }
  /** It certainly did not get the mail. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** The mail was sent and no answer came. */
  | { readonly kind: 'unknown' };

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** Sends a mail over a connection of its own. Never rejects. */
export async function handOver(target: SmtpTarget, mail: Envelope): Promise<Handover> {
  const { connection, user, password } = open(target);
  const body = Readable.from([mail.raw]);
  let isSent = false;
  body.once('end', () => {
    isSent = true;
  });
  try {
    await connected(connection);
    if (user !== '') await loggedIn(connection, user, password);
    const envelope = { from: mail.from, to: [mail.to], size: mail.raw.length };
    return { kind: 'accepted', response: await sent(connection, envelope, body) };
  } catch (error) {
    return judge(error as SmtpError, isSent);
  } finally {
    // an error after the answer, such as a reset at QUIT, changes nothing
    connection.on('error', () => {});
    connection.quit();
    body.destroy();
  }
}

/** How a server greets whoever sends nothing. */
export type Greeting =
  | { readonly kind: 'greeted'; readonly isSignedIn: boolean }
  | Exclude<Handover, { readonly kind: 'accepted' | 'unknown' }>;

/** Greets a server (EHLO), signs in where the target says by whom, and takes leave: no mail is begun. Never rejects. */
export async function greet(target: SmtpTarget): Promise<Greeting> {
  const { connection, user, password } = open(target);
  try {
    await connected(connection);
    if (user !== '') await loggedIn(connection, user, password);
    return { kind: 'greeted', isSignedIn: user !== '' };
  } catch (error) {
    return judge(error as SmtpError, false) as Greeting;
  } finally {
    connection.on('error', () => {});
    connection.quit();
  }
}

function judge({ responseCode, code, message }: SmtpError, isSent: boolean): Handover {
  if (responseCode !== undefined && responseCode >= 400) {
    const isFinal = responseCode >= 500 && code !== 'EAUTH';
    return { kind: 'refused', isFinal, status: responseCode };
  }
  return isSent ? { kind: 'unknown' } : { kind: 'unreachable', detail: code ?? message };
}

function open({ url, timeoutMs = 30_000 }: SmtpTarget) {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  const connection = new SMTPConnection({
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ignoreTLS: searchParams.get('tls') === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  const user = decodeURIComponent(username);
  return { connection, user, password: decodeURIComponent(password) };
}

type Connection = InstanceType<typeof SMTPConnection>;

/** An error of the socket ends whatever is under way. */
function under<T>(
  connection: Connection,
  act: (done: (error: Error | null | undefined, result?: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    connection.once('error', reject);
    act((error, result) => {
      connection.removeListener('error', reject);
      if (error) reject(error);
      else resolve(result as T);
    });
  });
}

const connected = (connection: Connection): Promise<void> =>
  under(connection, (done) => connection.connect((error?: Error | null) => done(error)));

const loggedIn = (connection: Connection, user: string, pass: string): Promise<void> =>
  under(connection, (done) =>
    connection.login({ credentials: { user, pass } }, (error?: Error | null) => done(error)),
  );

async function sent(
  connection: Connection,
  envelope: { readonly from: string; readonly to: string[]; readonly size: number },
  body: Readable,
): Promise<string> {
  const info = await under<{ readonly response: string }>(connection, (done) =>
    connection.send(envelope, body, (error, result) => done(error, result)),
  );
  return info.response;
}
