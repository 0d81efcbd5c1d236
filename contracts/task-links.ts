/** Deciding a task by the link of a mail: what is sent, and what is shown. Instants are ISO 8601 UTC. */
import { z } from 'zod';

const maybe = z.string().nullable();

/** What stands behind # in the link; whoever copies by hand may bring the whole link along. */
const token = z.string().describe('What stands behind # in the link.').max(2000);

/** Which link is looked at. */
export const linkLook = z.strictObject({ token });

/** What is decided by it. `choice`: one of those that were shown. */
export const linkDecision = z.strictObject({
  token,
  choice: z.string().min(1).max(1100),
  reason: z
    .string()
    .trim()
    .max(2000)
    .nullable()
    .default(null)
    .transform((text) => text || null),
});

/** The task of a link. */
export const linkedTask = z.strictObject({
  taskKey: z.string(),
  title: z.string(),
  process: z.string(),
  businessKey: maybe,
  /** Null: it is of no customer, or the customer was erased. */
  customer: maybe,
  dueAt: maybe,
  /** Whose link it is: login name. */
  person: z.string(),
  /** What the texts of the form say, with the values in place. */
  says: z.array(z.string()).readonly(),
  /** What the form shows, by its labels. */
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })).readonly(),
  /** What is asked, where the form asks it; null: the title of the task says it. */
  question: maybe,
  /** What it may be decided by; empty: the form asks for more, or it is over. */
  choices: z.array(z.strictObject({ choice: z.string(), label: z.string() })).readonly(),
  /** Why nothing is to be decided any more; null: it is open. */
  over: maybe,
});

/** What a decision came to. */
export const linkOutcome = z.strictObject({
  taskKey: z.string(),
  title: z.string(),
  /** What was decided, as the button said it. */
  label: z.string(),
  message: z.string(),
  /** Names of what the instance waits for now. */
  waitsFor: z.array(z.string()).readonly(),
});

export type LinkedTask = z.infer<typeof linkedTask>;
export type LinkOutcome = z.infer<typeof linkOutcome>;
