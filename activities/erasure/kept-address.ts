/** Forgetting an address that was kept for the letter that closes an erasure. Class: side effect. */
import { forgetAddress, keyOfAddress } from '../../store/erasure/index.js';
import type { ErasurePorts } from './ports.js';

/**
 * Destroys the key of an address, then removes its row: killed between the two it is found and forgotten again. One that is
 * gone already is fine.
 */
export async function forgetKept(
  { reading, keys }: Pick<ErasurePorts, 'reading' | 'keys'>,
  addressId: string,
): Promise<void> {
  const keyId = await reading((db) => keyOfAddress(db, addressId));
  if (keyId === null) return;
  await keys.destroy(keyId);
  await reading((db) => forgetAddress(db, addressId));
}
