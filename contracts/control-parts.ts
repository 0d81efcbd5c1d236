/** What requests of the control socket are made of, and what answers have in common. */
import { z } from 'zod';
import { json, list, variables } from './control-rows.js';
import { loginName } from './identities.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const comparisons = z.record(z.string(), z.union([scalar, z.null(), list(scalar)]));

/** A search: what is looked for, in which order, how much of it. */
export const search = z.object({
  filter: z.record(z.string(), z.union([scalar, z.null(), comparisons])).default({}),
  sort: list(z.object({ field: z.string(), order: z.enum(['ASC', 'DESC']) })).optional(),
  limit: z.number().int().min(1).max(10_000).default(100),
  /** Variables of the instance that must all have these values. */
  variables: list(z.object({ name: z.string(), value: json })).default([]),
});

/** A page of what was found. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    items: list(row),
    /** Rows in all; `isExact` false: at least so many. */
    total: z.object({ count: z.number(), isExact: z.boolean() }),
  });

/** Instances that are meant: as of a search of them, all together. */
export const meant = z.object({
  filter: search.shape.filter,
  variables: search.shape.variables,
  /** Something is, or was, at this element. */
  at: z
    .object({
      elementId: z.string().min(1).max(500),
      state: z.enum(['ACTIVE', 'COMPLETED', 'CANCELLED']).nullable(),
    })
    .nullable()
    .default(null),
});

/** Why, or what, in the words of a person. */
export const reason = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/, 'no character U+0000');

/** A text on one line: what names or explains things is shown on terminals, and kept in columns without U+0000. */
export const line = z.string().regex(/^\P{Cc}*$/u, 'no control characters, line ends included');

/** How a thing is named: by its id, or by what people call it. */
export const key = line.min(1).max(500);

/** One thing, by its key. */
export const byKey = z.object({ key });

/** `ifVersion`: the version of the task that was seen; another one refuses. */
export const onTask = byKey.extend({ ifVersion: z.number().int().min(1).exactOptional() });

/** Who is given a task: the name that they sign in with. */
export const person = line.min(1).max(500);

/** For whom the person acts, as their substitute. */
export const standsFor = person.exactOptional();

/** What is changed of a task. */
export const taskChanges = z.object({
  /** ISO 8601, or a duration from now; null takes it away. */
  dueAt: line.max(100).nullable().exactOptional(),
  followUpAt: line.max(100).nullable().exactOptional(),
  priority: z.number().exactOptional(),
  candidateGroups: list(line).exactOptional(),
  candidateUsers: list(line).exactOptional(),
});

/** How an instance stands after it was acted upon. */
export const answer = z.object({
  instanceId: z.string(),
  message: z.string(),
  /** Null: the instance itself did not answer. */
  status: z.string().nullable(),
  /** The first of what it waits for. */
  waitsFor: list(z.object({ kind: z.string(), id: z.string(), elementId: z.string() })),
});

/** An instance that took a message. */
export const taker = z.object({ processId: z.string(), instanceId: z.string() });

/** A message that is sent. */
export const message = z.object({
  name: line.min(1).max(500),
  /** Correlation key; empty: the name alone matches. */
  key: line.max(500),
  variables,
});

/** A person, by the name that they sign in with. */
export const byName = z.object({ loginName });

/** The address at which a person sets their password, and how long. */
export const passwordLink = z.object({ url: z.string(), expiresAt: z.string() });

/** Whether a part of the engine is well. */
export const health = z.object({ isWell: z.boolean(), detail: z.string() });
