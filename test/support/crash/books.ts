/** The receiver's books, read by whoever judges. */
import { readFileSync } from 'node:fs';

/** One attempt that reached the receiver. */
export interface Attempt {
  readonly key: string;
  readonly hash: string;
  readonly verdict: 'accepted' | 'repeated' | 'conflict';
  /** The payload as text; of a process of ours it names instance and element. */
  readonly payload: string;
}

/** Reads all attempts, in order. */
export function readBooks(file: string): readonly Attempt[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Attempt);
}
