/** Who an erasure is about, as the record has it: ids, the key, and the country that its laws go by. */
import * as z from 'zod';
import { ERASURE_REQUEST, type ReadRow, type RecordTables } from '../../store/index.js';
import { final } from '../failures.js';
import { idOfText } from '../identifiers.js';
import type { ErasureKeys } from './ports.js';

/** What every step of an erasure reads. */
export const SUBJECT = z.object({ customerId: z.string().min(1), requestId: z.string().min(1) });

/** A request as it is read. */
export type Request = ReadRow<typeof ERASURE_REQUEST>;

/** Whom it is about. */
export interface Subject {
  readonly requestId: string;
  readonly customerId: string;
  /** Its own key first. */
  readonly keyIds: readonly string[];
  readonly request: Request;
}

/** A request of a customer. Errors: `ERASURE_REQUEST_UNKNOWN`. */
export async function requestOf(
  record: RecordTables,
  { customerId, requestId }: z.infer<typeof SUBJECT>,
): Promise<Request> {
  const request = await record.table(ERASURE_REQUEST).get(requestId);
  if (request?.customerId === customerId) return request;
  throw final('ERASURE_REQUEST_UNKNOWN', { request: requestId });
}

/** Finds it; outside a transaction. Errors: `ERASURE_REQUEST_UNKNOWN`, `CUSTOMER_UNKNOWN`. */
export async function subjectOf(
  record: RecordTables,
  keys: Pick<ErasureKeys, 'of'>,
  { customerId, requestId }: z.infer<typeof SUBJECT>,
): Promise<Subject> {
  const request = await requestOf(record, { customerId, requestId });
  const keyIds = await keys.of(customerId);
  if (keyIds.length === 0) throw final('CUSTOMER_UNKNOWN', { customer: customerId });
  return { requestId, customerId, keyIds, request };
}

/** Changes a request as it stands now, in the transaction of the change. */
export async function changeRequest(
  record: RecordTables,
  requestId: string,
  changes: Parameters<ReturnType<typeof record.table<typeof ERASURE_REQUEST>>['change']>[2],
): Promise<void> {
  const table = record.table(ERASURE_REQUEST);
  const found = await table.get(requestId);
  if (!found) throw final('ERASURE_REQUEST_UNKNOWN', { request: requestId });
  await table.change([requestId], found.version, changes);
}

/** An id that comes of another one: the same at each attempt, so that nothing is made twice. Class: pure. */
export function keyIdOf(purpose: 'retention' | 'hold' | 'address' | 'next', of: string): string {
  return idOfText(`jornada ${purpose} key\n${of}`);
}
