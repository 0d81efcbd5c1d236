/**
 * The caught mails: one file a mail under `new/`, as in a maildir, written whole or not at all. Its name begins with
 * the time, so that names sort as the mails came. Class: side effect.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

/** A caught mail. `html` is null when it has none. */
export interface CaughtMail {
  readonly id: string;
  readonly receivedAt: string;
  readonly messageId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** The mail box of the catcher. */
export interface Mailbox {
  /** Keeps a mail as it came; it is on the disk when this resolves. */
  readonly keep: (raw: Buffer) => Promise<string>;
  /** The latest first. */
  readonly list: (limit?: number) => Promise<readonly CaughtMail[]>;
  /** Null when there is none of this id. */
  readonly get: (id: string) => Promise<CaughtMail | null>;
  /** The mail as it came; null when there is none of this id. */
  readonly raw: (id: string) => Promise<Buffer | null>;
  /** Ids of all mails, the oldest first. */
  readonly ids: () => Promise<readonly string[]>;
  /** Removes one; one that is gone is fine. */
  readonly remove: (id: string) => Promise<void>;
  /** Removes all mails. */
  readonly clear: () => Promise<void>;
}

const ID = /^\d{15}-[0-9a-f]{12}$/;

/** Opens the mail box in a folder, which is made if need be. */
export async function openMailbox(folder: string, now: () => number): Promise<Mailbox> {
  const kept = join(folder, 'new');
  const coming = join(folder, 'tmp');
  await Promise.all([kept, coming].map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
  let last = 0;
  const raw = (id: string): Promise<Buffer | null> =>
    ID.test(id) ? readOrNull(join(kept, `${id}.eml`)) : Promise.resolve(null);
  const get = async (id: string): Promise<CaughtMail | null> => {
    const found = await raw(id);
    return found === null ? null : parse(id, found);
  };
  return {
    keep: async (mail) => {
      // two mails of one millisecond keep their order
      last = Math.max(last + 1, now());
      const id = `${String(last).padStart(15, '0')}-${randomBytes(6).toString('hex')}`;
      const path = join(coming, `${id}.eml`);
      await writeFile(path, mail, { mode: 0o600, flush: true });
      await rename(path, join(kept, `${id}.eml`));
      return id;
    },
    list: async (limit = 100) => {
      const latest = (await namesIn(kept)).sort().reverse();
      const mails = await Promise.all(latest.slice(0, limit).map(get));
      return mails.filter((mail) => mail !== null);
    },
    get,
    raw,
    ids: async () => (await namesIn(kept)).sort(),
    remove: async (id) => {
      if (ID.test(id)) await rm(join(kept, `${id}.eml`), { force: true });
    },
    clear: async () => {
      for (const name of await readdir(kept)) await rm(join(kept, name), { force: true });
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  const ids = (await readdir(folder)).map((name) => name.replace(/\.eml$/, ''));
  return ids.filter((id) => ID.test(id));
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function parse(id: string, raw: Buffer): Promise<CaughtMail> {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  const to = Array.isArray(mail.to) ? mail.to : mail.to ? [mail.to] : [];
  return {
    id,
    receivedAt: new Date(Number(id.slice(0, 15))).toISOString(),
    messageId: mail.messageId ?? null,
    from: mail.from?.value[0]?.address ?? '',
    to: to.flatMap(({ value }) => value.flatMap(({ address }) => address ?? [])),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || null,
  };
}
