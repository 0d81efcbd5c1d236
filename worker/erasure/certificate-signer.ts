/** Signs certificates with the key that signs the audit log now. Class: side effect. */
import { sign } from 'node:crypto';
import { keyText } from '../../audit/index.js';
import type { CertificateSigner } from '../../store/erasure/index.js';
import { openSigner } from '../audit/index.js';

/** Opens it. Errors: `AUDIT_LOG_DAMAGED`, `AUDIT_KEY_MISSING`. */
export async function certificateSigner(
  place: Parameters<typeof openSigner>[0],
): Promise<CertificateSigner> {
  const { keyFor } = await openSigner(place);
  const { key, privateKey } = await keyFor(Number.MAX_SAFE_INTEGER);
  return {
    key: keyText(key),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
}
