import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  isSignedBy,
  keyText,
  noteHash,
  noteKey,
  parseCheckpoint,
  parseKey,
  parseNote,
  signNote,
  splitNotes,
} from '../../audit/index.js';

/** The example of the Go package that the format comes from: golang.org/x/mod/sumdb/note. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = noteKey('jornada/test', publicKey);
const signed = (size: number, previous: string | null): string => {
  const root = Buffer.alloc(32, size);
  const before = previous === null ? null : noteHash(previous);
  const at = '2026-03-02T12:00:00.000Z';
  const text = checkpointText({ origin: key.name, size, root, at, previous: before });
  return signNote(text, key, privateKey);
};

describe('signed notes', () => {
  test('checks a note that others have signed', () => {
    const [peter, note] = [parseKey(PETER), parseNote(NOTE)];
    if (!peter || !note) throw new Error('it could not be read');
    expect(keyText(peter)).toBe(PETER);
    expect(isSignedBy(note, peter)).toBe(true);
    expect(isSignedBy({ ...note, text: `${note.text}.` }, peter)).toBe(false);
    expect(isSignedBy(note, key)).toBe(false);
  });

  test('reads back what it signs, and each checkpoint of a file', () => {
    const first = signed(1, null);
    const second = signed(2, first);
    expect(splitNotes(first + second)).toEqual([first, second]);
    expect(parseCheckpoint(first)).toMatchObject({ origin: key.name, size: 1, previous: null });
    expect(parseCheckpoint(second)?.previous).toEqual(noteHash(first));
    expect(splitNotes('')).toEqual([]);
  });

  test('no bit of a checkpoint can be changed unseen', () => {
    const whole = Buffer.from(signed(300, signed(7, null)));
    const unseen: number[] = [];
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const checkpoint = parseCheckpoint(bytes.toString('utf8'));
      if (checkpoint && isSignedBy(checkpoint.note, key)) unseen.push(bit);
    }
    expect(unseen).toEqual([]);
  });

  test('no bit of a public key can be changed unseen', () => {
    const whole = Buffer.from(keyText(key));
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(parseKey(bytes.toString('utf8'))).toBeNull();
    }
  });
});
