/** An app on a phone: shows the codes of a secret, none twice. */
import { codeOf, stepAt } from '../../api/identities/totp.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes of what is written in base32, spaces left out. Source: RFC 4648 §6. */
function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/\s/g, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** One. `code`: that counts now; where one counted already, the next, waiting until the server takes it. */
export function openAuthenticator(secret: string): { readonly code: () => Promise<string> } {
  const key = fromBase32(secret);
  let last = 0;
  return {
    code: async () => {
      const step = Math.max(last + 1, stepAt(Date.now()));
      while (step > stepAt(Date.now()) + 1) await new Promise((done) => setTimeout(done, 500));
      last = step;
      return codeOf(key, step);
    },
  };
}
