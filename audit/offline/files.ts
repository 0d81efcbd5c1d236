/**
 * An exported log as a folder:
 *
 *     entries.jsonl     the canonical text of an entry a line: exactly the bytes that are hashed
 *     personal.jsonl    the personal parts that were not erased, in canonical JSON, a line each
 *     checkpoints.txt   the signed notes, one after the other
 *     public-key.txt    the first key of the log
 *     certificates.jsonl   certificates of deletion in canonical JSON, a line each; exports of before have none
 *
 * Class: pure.
 */
/** Names of the files of an export. */
export const EXPORT_FILES = {
  entries: 'entries.jsonl',
  personal: 'personal.jsonl',
  checkpoints: 'checkpoints.txt',
  publicKey: 'public-key.txt',
  certificates: 'certificates.jsonl',
} as const;

export { parsePersonal, personalText } from '../personal.js';
