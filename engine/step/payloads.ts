/** What an instance sends is bounded: Temporal ends an instance that sends more at once than it takes. */
import { type Fault, fault } from '../errors/index.js';
import { type Json, sizeOf } from '../model/index.js';
import type { Run } from './run.js';

/** Sizes of lists and contexts, which never change: most are seen again and again. */
const MEASURED = new WeakMap<object, number>();

/** What is smaller is measured again sooner than it is remembered: that burdens each garbage collection. */
const WORTH_KEEPING = 512;

/** As `sizeOf`, at no cost for a large list or context that was measured before. */
export function measure(value: Json, enough?: number): number {
  if (typeof value !== 'object' || value === null) return sizeOf(value);
  const known = MEASURED.get(value);
  if (known !== undefined) return known;
  const bytes = sizeOf(value, enough);
  const isWhole = enough === undefined || bytes <= enough;
  if (isWhole && bytes > WORTH_KEEPING) MEASURED.set(value, bytes);
  return bytes;
}

/** The bytes of one variable within a table of them. */
export const measureEntry = (name: string, value: Json): number =>
  sizeOf(name) + measure(value) + 2;

/** The bytes of variables as JSON; what it costs grows with their number alone. */
export function measureAll(variables: Readonly<Record<string, Json>>): number {
  let bytes = 2;
  for (const [name, value] of Object.entries(variables)) bytes += measureEntry(name, value);
  return bytes;
}

/** Why these values cannot be sent together; null when they can. Whoever wanted to send them waits behind it. */
export function tooLarge(
  run: Run,
  ...values: readonly Readonly<Record<string, Json>>[]
): Fault | null {
  const { limits } = run.process;
  const bytes = values.reduce((sum, value) => sum + measureAll(value), 0);
  run.weight += bytes;
  if (bytes <= limits.payloadBytes) return null;
  return fault('PAYLOAD_TOO_LARGE', { limit: limits.payloadBytes, bytes });
}
