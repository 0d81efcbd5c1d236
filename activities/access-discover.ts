/**
 * `access.discover`: what is there in one system on account of a customer, compared with the record. What the record did
 * not know comes into it, so that nothing found is forgotten. A system that does not answer is an item of its own.
 */
import { ApplicationFailure } from '@temporalio/common';
import * as z from 'zod';
import type { JobInput } from '../contracts/job.js';
import { isContext, type Json } from '../engine/model/index.js';
import { ACCESS_EVIDENCE, ACCESS_GRANT, type RecordTables } from '../store/index.js';
import { batchesOf, keyOf, writeBatch } from './access/batches.js';
import { OWNER, ownerOf } from './access/inputs.js';
import {
  addEvidence,
  checkOwner,
  contactsOf,
  type Grant,
  grantsOf,
  newGrant,
  type Owner,
  whoseOf,
} from './access/record.js';
import { once, partOf, type SideEffectDeps, sideEffect } from './side-effect.js';
import type { Connector, Found } from './systems/connector.js';
import { OWN_SYSTEM } from './systems/declaration.js';
import { connectorOfId } from './systems/index.js';

const INPUT = OWNER.and(z.object({ system: z.string().min(1) }));

/**
 * How an access stands beside the record. `missing`: the record has it, the system does not, which is to be verified.
 * `resurrected`: it was revoked, and lets in again. `unknown`: the system could not be asked.
 */
type Status = 'known' | 'surprise' | 'missing' | 'resurrected' | 'unknown';

/** What is kept with the job: ids and states. One line is one access, or a batch of them. */
interface Seen extends Record<string, Json> {
  readonly grantId: string | null;
  readonly batchId: string | null;
  readonly key: string;
  readonly count: number;
  readonly status: Status;
  readonly evidenceId: string;
}

/**
 * `access.discover`: `{system, customerId, scope, contactId?}` → `{items}`. Errors: `ACCESS_SYSTEM_UNKNOWN`,
 * `ACCESS_CONTACT_UNKNOWN`, `CUSTOMER_UNKNOWN`.
 */
export const accessDiscover = sideEffect({
  type: 'access.discover',
  describes: {
    title: 'Discover accesses',
    says: 'Looks up what one system holds on account of a customer, and compares it with the record.',
    output: { items: 'what was found, one entry an access' },
  },
  input: INPUT,
  run: async (input, job, deps) => {
    const owner = ownerOf(input);
    const connector = connectorOfId(deps, input.system);
    await checkOwner(deps.record, owner);
    const found = await look(connector, owner, job, deps);
    const request = { system: input.system, contactId: owner.contactId };
    const seen = await once(deps, job, 'access.discover', request, (tx) => {
      const record = deps.record.within(tx);
      return Array.isArray(found)
        ? compare(record, connector, owner, found, deps.now())
        : unreached(record, connector, owner, found as string, deps.now());
    });
    return { items: await itemsOf(deps.record, connector, owner, seen) };
  },
});

/** What a system shows, or the code of why it cannot be asked. Faults of our own side pass through. */
async function look(
  connector: Connector,
  owner: Owner,
  job: JobInput,
  deps: SideEffectDeps,
): Promise<readonly Found[] | string> {
  const whose = await whoseOf(deps.record, owner, connector.system);
  try {
    return await connector.find(whose, partOf(job, 'read'));
  } catch (error) {
    const code = error instanceof ApplicationFailure ? (error.type ?? '') : '';
    if (/^(SCIM|EGRESS)_/.test(code)) return code;
    throw error;
  }
}

async function unreached(
  record: RecordTables,
  { system }: Connector,
  { customerId }: Owner,
  code: string,
  nowMs: number,
): Promise<readonly Seen[]> {
  const what = { customerId, grantId: null, system, step: 'discovered' as const };
  const evidence = { ...what, result: 'unknown', doneBy: null, content: { code } };
  const { evidenceId } = await addEvidence(record, evidence, nowMs);
  const key = `system:${system}`;
  return [{ grantId: null, batchId: null, key, count: 0, status: 'unknown', evidenceId }];
}

async function compare(
  record: RecordTables,
  connector: Connector,
  owner: Owner,
  found: readonly Found[],
  nowMs: number,
): Promise<readonly Seen[]> {
  const { customerId } = owner;
  const grants = await grantsOf(record, owner, connector.system);
  const lines: Compared[] = [];
  for (const one of found) {
    const grant = grants.find((row) => isOf(row, one)) ?? null;
    const status = statusOf(connector, one, grant);
    if (status === null) continue;
    const grantId = await keep(record, connector, owner, one, grant, status, nowMs);
    const content = { ...(one.content as object), label: one.label };
    const what = { customerId, grantId, system: connector.system, step: 'discovered' as const };
    const evidence = { ...what, result: status, doneBy: null, content };
    const { evidenceId } = await addEvidence(record, evidence, nowMs);
    lines.push({ grantId, status, evidenceId, sort: `${status} ${one.kind} ${one.holder}` });
  }
  return together(record, connector, owner, lines, nowMs);
}

interface Compared {
  readonly grantId: string;
  readonly status: Status;
  readonly evidenceId: string;
  readonly sort: string;
}

async function together(
  record: RecordTables,
  { system }: Connector,
  { customerId }: Owner,
  lines: readonly Compared[],
  nowMs: number,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const batch of batchesOf(lines)) {
    const [first] = batch;
    if (!first) continue;
    const { status } = first;
    const grantIds = batch.map(({ grantId }) => grantId);
    const rest = { key: keyOf(grantIds), count: batch.length, status };
    if (batch.length === 1) {
      seen.push({ grantId: first.grantId, batchId: null, evidenceId: first.evidenceId, ...rest });
    } else {
      const batchId = await writeBatch(record, { customerId, system, status }, grantIds, nowMs);
      seen.push({ grantId: first.grantId, batchId, evidenceId: batchId, ...rest });
    }
  }
  return seen;
}

/** An access that is being made has its contact's id until the system has given one. */
const isOf = ({ externalId, contactId }: Grant, found: Found): boolean =>
  externalId === found.externalId || (externalId === contactId && contactId === found.contactId);

function statusOf({ system, method }: Connector, found: Found, grant: Grant | null): Status | null {
  const isRevoked = grant !== null && grant.revokedAt !== null;
  // nobody sees an access by hand come back: what a person ticked stays ticked
  if (isRevoked) return found.state === 'open' && method !== null ? 'resurrected' : null;
  if (grant !== null) return found.state === 'open' ? 'known' : 'missing';
  if (found.state !== 'open') return null;
  return system === OWN_SYSTEM || method === null ? 'known' : 'surprise';
}

async function keep(
  record: RecordTables,
  { system }: Connector,
  { customerId }: Owner,
  found: Found,
  grant: Grant | null,
  status: Status,
  nowMs: number,
): Promise<string> {
  const table = record.table(ACCESS_GRANT);
  const { externalId, kind, holder, contactId } = found;
  if (grant === null) {
    const grantedAt = new Date(nowMs).toISOString();
    const row = newGrant({ customerId, contactId, system, kind, holder, externalId, grantedAt });
    await table.add([row]);
    return row.grantId;
  }
  const isBack = status === 'resurrected';
  if (isBack || grant.externalId !== externalId) {
    const back = isBack ? { revokedAt: null, verifiedAt: null, method: null } : {};
    await table.change([grant.grantId], grant.version, { externalId, ...back });
  }
  return grant.grantId;
}

async function itemsOf(
  record: RecordTables,
  { system, title, method }: Connector,
  owner: Owner,
  seen: readonly Seen[],
): Promise<Json[]> {
  const grants = await grantsOf(record, owner, system);
  const contacts = await contactsOf(record, owner);
  const items: Json[] = [];
  for (const { grantId, batchId, key, count, status, evidenceId } of seen) {
    const grant = grants.find((row) => row.grantId === grantId);
    const contact = contacts.find(({ contactId }) => contactId === grant?.contactId);
    const content = await contentOf(record, evidenceId);
    const label = contact?.name ?? textIn(content, 'label');
    // of the attempt that was written down: another one may have reached the system, or not
    const reason = status === 'unknown' ? textIn(content, 'code') : null;
    items.push({
      ...{ key, grantId, batchId, system, systemTitle: title, status, evidenceId, reason },
      kind: grant?.kind ?? 'system',
      holder: grant?.holder ?? 'contact',
      label: batchId === null ? label : `${count} of them`,
      connector: method !== null,
    });
  }
  return items;
}

async function contentOf(record: RecordTables, evidenceId: string): Promise<Json> {
  const evidence = await record.table(ACCESS_EVIDENCE).get(evidenceId);
  return evidence && !evidence.isErased ? (evidence.content as Json) : null;
}

function textIn(content: Json, name: string): string | null {
  const text = isContext(content) ? content[name] : null;
  return typeof text === 'string' ? text : null;
}
