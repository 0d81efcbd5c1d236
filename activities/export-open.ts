/**
 * `export.open`: notes in the record that an export was asked for. One that is open already makes the new one a
 * duplicate; both are judged in one transaction, so that of two who ask at the same time one is first.
 */
import * as z from 'zod';
import { EXPORT } from '../store/index.js';
import { lockExports } from '../store/registry/index.js';
import { entitledContacts } from './export/contacts.js';
import { customerOf } from './export/exports.js';
import { newId } from './identifiers.js';
import { once, type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = z.object({
  customerId: z.string().min(1),
  requestId: z.string().min(1),
  requester: z.string().nullish(),
  scope: z.union([z.literal('all'), z.array(z.string()).min(1)]).default('all'),
});

/** States in which nothing more is to come. */
const SETTLED: readonly string[] = ['denied', 'duplicate', 'delivered', 'confirmed', 'expired'];

/**
 * `export.open`: → `{exportId, isDuplicate, systems, unknownSystems, recipients, requesterContact}`. Of a duplicate
 * `exportId` is that of the open one. `requesterContact` is null when whoever asks is no registered contact.
 * Errors: `CUSTOMER_UNKNOWN`, `CUSTOMER_ERASED`, for good.
 */
export const exportOpen = sideEffect({
  type: 'export.open',
  describes: {
    title: 'Open an export',
    says: 'Notes that an export was asked for, and tells whether another one is open.',
    output: {
      exportId: 'the export',
      isDuplicate: 'whether another one is open',
      systems: 'systems to read',
      unknownSystems: 'systems that there are not',
      recipients: 'who may fetch it',
      requesterContact: 'the contact who asks; null: somebody else',
    },
  },
  input: INPUT,
  run: async ({ customerId, requestId, requester, scope }, job, deps) => {
    const { record, exports } = deps;
    const customer = await customerOf(record, customerId);
    const recipients = await entitledContacts(record, customer);
    const known = exports.sources.map(({ id }) => id);
    const asked = scope === 'all' ? known : scope;
    const over = await overOf(customerId, deps);
    const opened = await once(deps, job, 'export.open', { customerId, requestId }, async (tx) => {
      await lockExports(tx, customerId);
      const rows = record.within(tx).table(EXPORT);
      for (const row of await rows.of([customerId])) {
        if (SETTLED.includes(row.state)) continue;
        if (row.instanceId === null || !over.has(row.instanceId)) {
          return { exportId: row.exportId, isDuplicate: true };
        }
        // Its process was cancelled or failed: nobody goes on with it.
        await rows.change([row.exportId], row.version, { state: 'expired' });
      }
      const now = new Date(deps.now()).toISOString();
      const exportId = newId(deps.now());
      await rows.add([
        {
          exportId,
          customerId,
          requestId,
          instanceId: job.instanceId,
          cutOff: now,
          manifestSha256: null,
          bytes: null,
          rows: null,
          state: 'pending',
          systems: null,
          packageFile: null,
          linkExpiresAt: null,
          downloads: [],
        },
      ]);
      return { exportId, isDuplicate: false };
    });
    return {
      ...opened,
      legalName: customer.legalName,
      systems: known.filter((id) => asked.includes(id)),
      unknownSystems: asked.filter((id) => !known.includes(id)),
      recipients,
      requesterContact: recipients.find(({ contactId }) => contactId === requester) ?? null,
    };
  },
});

/**
 * Instances that left an export open and have ended. They are asked for before the transaction: PGlite has one
 * connection, and a question beside its transaction would wait for it for ever.
 */
async function overOf(
  customerId: string,
  { record, exports }: SideEffectDeps,
): Promise<ReadonlySet<string>> {
  const rows = await record.table(EXPORT).of([customerId]);
  const open = rows.flatMap(({ state, instanceId }) =>
    SETTLED.includes(state) || instanceId === null ? [] : instanceId,
  );
  const over = new Set<string>();
  for (const instanceId of open) if (await exports.isOver(instanceId)) over.add(instanceId);
  return over;
}
