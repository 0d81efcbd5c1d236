/**
 * Many accesses of one sort are one line of a list, so that a customer with thousands of accounts fits into the variables
 * of a process. Which they are stands in the record. Class: side effect.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../../engine/model/index.js';
import { ACCESS_EVIDENCE, type RecordTables } from '../../store/index.js';
import { final } from '../failures.js';
import type { Item } from './inputs.js';
import { addEvidence } from './record.js';

/** From so many of one sort on they are told together. */
const MOST_SINGLE = 40;
const MOST_IN_BATCH = 50;

/** Something that is told by itself, or with others of its sort. */
export interface Line {
  readonly grantId: string;
  /** What it has in common with others of its sort. */
  readonly sort: string;
}

/** Cuts lists that are too long into batches; what came into the record last stands in the last of them. Class: pure. */
export function batchesOf<L extends Line>(lines: readonly L[]): readonly (readonly L[])[] {
  const sorts = [...new Set(lines.map(({ sort }) => sort))];
  return sorts.flatMap((sort) => {
    const alike = lines.filter((line) => line.sort === sort);
    if (alike.length <= MOST_SINGLE) return alike.map((line) => [line]);
    const sorted = [...alike].sort((a, b) => (a.grantId < b.grantId ? -1 : 1));
    const count = Math.ceil(sorted.length / MOST_IN_BATCH);
    return Array.from({ length: count }, (_none, index) =>
      sorted.slice(index * MOST_IN_BATCH, (index + 1) * MOST_IN_BATCH),
    );
  });
}

/** The same accesses give the same key. Class: pure. */
export function keyOf(grantIds: readonly string[]): string {
  const [only] = grantIds;
  if (only !== undefined && grantIds.length === 1) return only;
  const hash = createHash('sha256').update(grantIds.join('\n')).digest('hex');
  return `batch:${hash.slice(0, 24)}`;
}

/** Writes down which accesses a batch has. @returns its id */
export async function writeBatch(
  record: RecordTables,
  of: { readonly customerId: string; readonly system: string; readonly status: string },
  grantIds: readonly string[],
  nowMs: number,
): Promise<string> {
  const { customerId, system, status } = of;
  const what = { customerId, system, grantId: null, step: 'discovered' as const, doneBy: null };
  const evidence = { ...what, result: status, content: { grantIds: [...grantIds] } };
  return (await addEvidence(record, evidence, nowMs)).evidenceId;
}

/** The accesses of a line; none for one that is not in the record yet. Errors: `ACCESS_GRANT_UNKNOWN`. */
export async function grantIdsOf(
  record: RecordTables,
  customerId: string,
  { grantId, batchId }: Pick<Item, 'grantId' | 'batchId'>,
): Promise<readonly string[]> {
  if (!batchId) return grantId === null ? [] : [grantId];
  const row = await record.table(ACCESS_EVIDENCE).get(batchId);
  const isKnown = row && !row.isErased && row.customerId === customerId;
  const ids = isKnown ? idsIn(row.content) : null;
  if (ids !== null) return ids;
  throw final('ACCESS_GRANT_UNKNOWN', { grant: batchId, customer: customerId });
}

function idsIn(content: unknown): readonly string[] | null {
  const ids = (content as { readonly grantIds?: Json } | null)?.grantIds;
  return Array.isArray(ids) ? ids.map(String) : null;
}
