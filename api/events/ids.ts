/**
 * Ids of events as one reader sees them. Events are numbered among all there are, so their numbers would tell whoever sees few
 * of them how much happens elsewhere: each reader is told of them sealed, and no two ids are the same, so that those of two
 * beats do not tell either whether anything happened between. Class: pure but for chance. Source: decision 35.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const NUMBER_BYTES = 8;
const TAG_BYTES = 16;
const ID_BYTES = NONCE_BYTES + NUMBER_BYTES + TAG_BYTES;

/** Ids for one reader. */
export interface EventIds {
  readonly idOf: (number: number) => string;
  /** The number that an id stands for; null: it is of another reader, of another database, or of nobody. */
  readonly numberOf: (id: string) => number | null;
}

/** Makes them. @param secret - known to all processes of this database */
export function eventIdsFor(secret: Buffer, userId: string): EventIds {
  const key = createHmac('sha256', secret).update(`event ids\n${userId}`).digest();
  return {
    idOf: (number) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const plain = Buffer.alloc(NUMBER_BYTES);
      plain.writeBigUInt64BE(BigInt(number));
      const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final()]);
      return Buffer.concat([sealed, cipher.getAuthTag()]).toString('base64url');
    },
    numberOf: (id) => {
      const bytes = Buffer.from(id, 'base64url');
      if (bytes.length !== ID_BYTES) return null;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        return null;
      }
      return Number(plain.readBigUInt64BE());
    },
  };
}
