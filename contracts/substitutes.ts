/** Who stands in for whom while they are away. Dates are civil, whole days of a zone; instants are ISO 8601 UTC. */
import { z } from 'zod';

const loginName = z.string().min(1).max(100);
const processIds = z.array(z.string().min(1).max(500)).min(1).max(100);

/** Of a new one. `until`: the last day. */
export const newSubstitute = z.strictObject({
  /** Who is away; left out: the caller. Others are for admins to say. */
  absent: loginName.optional(),
  substitute: loginName,
  from: z.iso.date(),
  until: z.iso.date(),
  /** Zone that the days are of, as IANA names it. */
  tz: z.string().min(1).max(100),
  /** Upon these processes alone; null: upon all. */
  processIds: processIds.nullable().default(null),
});

/** Which are asked for: those that the caller has to do with, or everybody's, which admins and auditors see. */
export const substituteQuery = z.strictObject({ of: z.enum(['mine', 'all']).default('mine') });

/** One. */
export const substituteRow = z.strictObject({
  substituteId: z.string(),
  absent: z.string(),
  substitute: z.string(),
  fromAt: z.string(),
  /** The first instant at which it holds no more. */
  untilAt: z.string(),
  tz: z.string(),
  processIds: z.array(z.string()).readonly().nullable(),
  /** Whether it holds now. */
  isActive: z.boolean(),
});

/** Those that are not over, the next first. */
export const substituteList = z.strictObject({ items: z.array(substituteRow).readonly() });

export type SubstituteRow = z.infer<typeof substituteRow>;
export type NewSubstituteOnWire = z.input<typeof newSubstitute>;
