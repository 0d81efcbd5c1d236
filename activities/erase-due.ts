/**
 * `erase.due`: finds erasures that are to begin: blocked ones whose hold was released, rows whose hold or whose term has
 * ended, and with `replay` customers whose key is destroyed though a restored database has them. Each is found until
 * it is begun, so none is forgotten. Addresses that were kept for too long are forgotten on the way.
 */
import * as z from 'zod';
import { dayOf } from '../contracts/days.js';
import {
  addressesBefore,
  areAllHeld,
  heldRows,
  isHeld,
  openCustomers,
  openHolds,
  reappearedCustomers,
  requestsDue,
  requestsIn,
} from '../store/erasure/index.js';
import type { Queryable } from '../store/index.js';
import { forgetKept } from './erasure/kept-address.js';
import { keyIdOf } from './erasure/subject.js';
import { newId } from './identifiers.js';
import { type SideEffectDeps, sideEffect } from './side-effect.js';

const INPUT = z.object({
  /** Of one customer alone. */
  customerId: z.string().min(1).nullish(),
  replay: z.boolean().default(false),
  addressDays: z.number().int().min(1).max(30).default(30),
});

/** An erasure to begin. */
interface Due {
  readonly customerId: string;
  readonly requestId: string;
  readonly basis: string;
  readonly [more: string]: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** → `{due: {customerId, requestId, basis}[]}`. */
export const eraseDue = sideEffect({
  type: 'erase.due',
  describes: {
    title: 'Find due erasures',
    says: 'Finds erasures that are to begin.',
    output: { due: 'the erasures' },
  },
  input: INPUT,
  run: async ({ customerId = null, replay, addressDays }, _job, deps) => {
    await forgetOld(deps, addressDays);
    const usable = await deps.erasure.keys.usable();
    return deps.erasure.reading(async (tx) => {
      const running = await openCustomers(tx);
      const all = [
        ...(await unblocked(deps, tx, customerId)),
        ...(await outOfHold(deps, tx, customerId)),
        ...(customerId === null ? await outOfTerm(deps, tx) : []),
        ...(replay ? await reappeared(deps, tx, usable) : []),
      ];
      const due = all.filter((one) => !running.has(one.customerId));
      // One run a customer: the first of them sees to all that there is.
      const first = new Map(due.toReversed().map((one) => [one.customerId, one]));
      return { due: [...first.values()].reverse() };
    });
  },
});

async function unblocked(
  { erasure }: SideEffectDeps,
  tx: Queryable,
  customerId: string | null,
): Promise<readonly Due[]> {
  const due: Due[] = [];
  for (const { customerId: of, requestId, basis } of await requestsIn(tx, 'blocked', customerId)) {
    const holds = await openHolds(tx, erasure.sealer, of);
    if (!areAllHeld(holds)) due.push({ customerId: of, requestId, basis });
  }
  return due;
}

async function outOfHold(
  { erasure, now }: SideEffectDeps,
  tx: Queryable,
  customerId: string | null,
): Promise<readonly Due[]> {
  const due: Due[] = [];
  const rows = await heldRows(tx, customerId);
  for (const of of new Set(rows.map((row) => row.customerId))) {
    const holds = await openHolds(tx, erasure.sealer, of);
    const held = rows.filter((row) => row.customerId === of);
    const isOver = held.some((row) => !isHeld(holds, row.tableName, row.firstKey));
    const requestId = newId(now());
    if (isOver) due.push({ customerId: of, requestId, basis: 'retention_end' });
  }
  return due;
}

/** The id of the next run comes of that of the last: whoever looks twice begins it once. */
async function outOfTerm({ now }: SideEffectDeps, tx: Queryable): Promise<readonly Due[]> {
  return (await requestsDue(tx, dayOf(now()))).map(({ customerId, requestId }) => ({
    ...{ customerId, requestId: keyIdOf('next', requestId), basis: 'retention_end' },
  }));
}

async function reappeared(
  { now }: SideEffectDeps,
  tx: Queryable,
  usable: ReadonlySet<string>,
): Promise<readonly Due[]> {
  return (await reappearedCustomers(tx, usable)).map((customerId) => ({
    ...{ customerId, requestId: newId(now()), basis: 'restore_replay' },
  }));
}

/** A backstop: whoever kept them should have forgotten them long ago. */
async function forgetOld({ erasure, now }: SideEffectDeps, days: number): Promise<void> {
  const before = new Date(now() - days * DAY_MS).toISOString();
  for (const addressId of await erasure.reading((db) => addressesBefore(db, before))) {
    await forgetKept(erasure, addressId);
  }
}
