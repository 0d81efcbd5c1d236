/** Secrets of webhooks, of which two count for a while after a new one was made. Class: side effect (seals). */
import { SYSTEM_KEY_ID } from '../../contracts/workflow-ids.js';
import { storeFailure } from '../failure.js';
import type { Seals } from '../sealing/index.js';
import { columnPlace } from '../sealing/places.js';

/** A secret; `until`: when it counts no more, null: it is the newest. */
export interface Secret {
  readonly secret: string;
  readonly until: string | null;
}

/** What stands sealed of a webhook. `url` is empty of one that comes in. */
export interface Sealed {
  readonly url: string;
  readonly secrets: readonly Secret[];
}

/** A secret that was replaced counts for so long: receivers take the new one meanwhile. */
export const ROTATION_MS = 86_400_000;

/** The secrets that count at an instant, the newest first. Class: pure. */
export const secretsAt = ({ secrets }: Sealed, at: string): readonly string[] =>
  secrets.filter(({ until }) => until === null || until > at).map(({ secret }) => secret);

/** The same with another secret; the one before counts for a while, those before it no more. Class: pure. */
export function rotated(sealed: Sealed, secret: string, at: string): Sealed {
  const until = new Date(Date.parse(at) + ROTATION_MS).toISOString();
  const [before] = sealed.secrets;
  return {
    ...sealed,
    secrets: [{ secret, until: null }, ...(before ? [{ ...before, until }] : [])],
  };
}

type Table = 'webhooks' | 'hooks';

/** Seals it for its row. Errors: those of `Seals.seal`. */
export const sealSecrets = (seals: Seals, table: Table, id: string, plain: Sealed) =>
  seals.seal(SYSTEM_KEY_ID, plain, columnPlace(table, [id], 'sealed'));

/** Opens it. Errors: those of `Seals.open`. */
export async function openSecrets(
  seals: Seals,
  table: Table,
  id: string,
  sealed: Uint8Array,
): Promise<Sealed> {
  const opened = await seals.open(SYSTEM_KEY_ID, sealed, columnPlace(table, [id], 'sealed'));
  if (!opened) throw storeFailure('STORE_UNSEALED', { key: SYSTEM_KEY_ID });
  return opened.value as unknown as Sealed;
}
