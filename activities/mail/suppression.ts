/**
 * Addresses that are not written to: known by a keyed hash, for they are kept nowhere. Mails that people are owed
 * (`transactional`) pass where somebody only wants no others; where an address bounced or complained, nothing goes.
 * Class: side effect.
 */
import type { PackageDescription } from '../../contracts/package.js';
import { DESCRIPTION_FILE, readDescription } from '../../registry/index.js';
import { listsOf } from '../../store/erasure/index.js';
import type { Queryable } from '../../store/index.js';
import type { TemplateFiles } from './template.js';

/** What hashing leans on. */
interface Hashing {
  readonly fingerprint: (text: string) => Promise<string>;
}

/** Kind of a mail. */
export type MailClass = PackageDescription['mails'][string]['class'];

/** Lists that stop every mail. */
const FOR_ALL: readonly string[] = ['bounce', 'complaint'];

/** The keyed hash of an address. */
export function addressHash({ fingerprint }: Hashing, address: string): Promise<string> {
  return fingerprint(`suppression\n${address.trim().toLowerCase()}`);
}

/** What the check leans on. */
export interface SuppressionDeps extends Hashing {
  readonly reading: <T>(read: (db: Queryable) => Promise<T>) => Promise<T>;
  readonly now: () => number;
}

/**
 * Why an address gets no such mail.
 *
 * @param classOf - the class of the mail, asked for only where it matters
 * @returns the lists that say so; none: it may go
 */
export async function whySuppressed(
  deps: SuppressionDeps,
  address: string,
  classOf: () => Promise<MailClass>,
): Promise<readonly string[]> {
  const hash = await addressHash(deps, address);
  const at = new Date(deps.now()).toISOString();
  const lists = await deps.reading((db) => listsOf(db, hash, at));
  if (lists.length === 0) return [];
  const hard = lists.filter((list) => FOR_ALL.includes(list));
  if (hard.length > 0) return hard;
  const mailClass = await classOf();
  if (mailClass === 'transactional') return [];
  return lists.filter((list) => list === 'erasure' || list === mailClass);
}

/** The class of a mail as its package declares it; one that is not declared is transactional. Class: pure. */
export function mailClassOf(files: TemplateFiles, template: string): MailClass {
  const text = files[DESCRIPTION_FILE];
  if (text === undefined) return 'transactional';
  return (
    readDescription(text, DESCRIPTION_FILE).description?.mails[template]?.class ?? 'transactional'
  );
}
