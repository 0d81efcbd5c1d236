/** Tasks as the inbox shows them, and what is sent to work on them. Instants are ISO 8601 UTC; times are milliseconds. */
import { z } from 'zod';
import { json, list, variables } from './control-rows.js';
import { valueMap, valueText } from './values.js';

const instant = z.string();
const maybe = z.string().nullable();

/** A text for people in both languages. */
const texts = z.strictObject({ en: z.string(), 'pt-BR': z.string() });

/** What somebody looks at: what they have, what they may take, what nobody has, all that is open, what was done. */
export const VIEWS = ['mine', 'groups', 'unassigned', 'all', 'completed'] as const;

/** What tasks are sorted by. */
export const SORTS = ['breach', 'due', 'followUp', 'priority', 'created', 'ended'] as const;

const name = z.string().min(1).max(500);

/** What is looked for. */
export const taskQuery = z.strictObject({
  view: z.enum(VIEWS).default('mine'),
  /** Part of a name or business key, the key of a task, or a whole mail address or tax id of a customer. */
  text: z.string().trim().min(1).max(200).optional(),
  processId: name.optional(),
  elementId: name.optional(),
  group: name.optional(),
  assignee: name.optional(),
  customerId: z.uuid().optional(),
  /** Only what was due, or promised, before it. */
  breachBefore: z.iso.datetime({ offset: true }).optional(),
  leastPriority: z.coerce.number().int().min(0).max(100).optional(),
  sort: z.enum(SORTS).optional(),
  order: z.enum(['asc', 'desc']).optional(),
});

/** One page of that. */
export const taskPage = taskQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** A cursor that an answer gave for the same search. */
  after: z.string().min(1).max(4000).optional(),
});

/** A part of a clock's time, and why it counts or does not. */
const part = z.strictObject({
  from: instant,
  to: instant,
  isCounted: z.boolean(),
  reason: z.string(),
});

/** What is promised of a task, and how it stands. */
export const taskClock = z.strictObject({
  title: texts,
  /** `warning`: more of the target has passed than the first warning allows. */
  state: z.enum(['running', 'warning', 'late', 'met', 'missed']),
  dueAt: instant,
  targetMs: z.number(),
  /** Business time since it began. */
  elapsedMs: z.number(),
  /** Business time that is left; below zero: by so much it is late. */
  remainingMs: z.number(),
  calendar: z.strictObject({ name: z.string(), tz: z.string() }),
});

/** What is promised of the ticket that a task works on. */
export const ticketClock = z.strictObject({
  metric: z.string(),
  number: z.number(),
  policy: z.string(),
  /** `warning`: three quarters of the target have passed; `breached`: it is late and goes on; `missed`: it was kept too late. */
  state: z.enum([
    ...(['running', 'warning', 'paused', 'met', 'breached', 'missed'] as const),
    ...(['withdrawn', 'unreachable'] as const),
  ]),
  basis: z.string(),
  dueAt: instant.nullable(),
  targetMs: z.number(),
  elapsedMs: z.number(),
  pausedMs: z.number(),
  /** Null: nobody can tell by which calendar it counts. */
  remainingMs: z.number().nullable(),
});

const ticket = z.strictObject({
  ticketId: z.string(),
  priority: z.string(),
  status: z.string(),
  /** The one that is missed next; null: none runs. */
  clock: ticketClock.nullable(),
});

/** One row of the inbox. */
export const taskItem = z.strictObject({
  taskKey: z.string(),
  title: texts,
  process: texts,
  processId: z.string(),
  elementId: z.string(),
  processInstanceKey: z.string(),
  businessKey: maybe,
  /** `name` null: it was erased. */
  customer: z.strictObject({ customerId: z.string(), name: maybe }).nullable(),
  assignee: maybe,
  /** Who delegated it and waits to get it back. */
  owner: maybe,
  /** For whom whoever has it, or did it, stands in while they are away. */
  standsFor: maybe,
  /** For whom the caller would act upon it, as their substitute; null: for nobody else, or it is over. */
  asSubstituteFor: maybe,
  candidateGroups: list(z.string()),
  candidateUsers: list(z.string()),
  dueAt: instant.nullable(),
  followUpAt: instant.nullable(),
  priority: z.number(),
  state: z.enum(['CREATED', 'COMPLETED', 'CANCELLED']),
  isSuspended: z.boolean(),
  openedAt: instant,
  endedAt: instant.nullable(),
  action: maybe,
  completedBy: maybe,
  version: z.number(),
  /** Whether the caller has a draft of it. */
  hasDraft: z.boolean(),
  clock: taskClock.nullable(),
  ticket: ticket.nullable(),
});

const total = z.strictObject({ count: z.number(), isExact: z.boolean() });

/** A page of the inbox; `next`: where the next one begins, which may be empty; null: this is the last. */
export const taskList = z.strictObject({ items: list(taskItem), next: maybe, total });

/** How many tasks each view has, and how many of one's own are late. */
export const taskCounts = z.strictObject({
  ...{ mine: total, groups: total, unassigned: total, all: total },
  mineLate: total,
});

/** A draft as it was saved; version 0: there is none. */
export const taskDraft = z.strictObject({
  data: variables,
  version: z.number(),
  savedAt: instant.nullable(),
});

/** Something that happened to a task. */
export const happening = z.strictObject({
  at: instant,
  actor: maybe,
  /** As the journal calls it, or `comment`. */
  kind: z.string(),
  /** What a comment says; null: nothing, or it was erased. */
  text: valueText().nullable(),
  data: z.record(z.string(), json),
});

/** One task with all that one needs to do it. */
export const wholeTask = z.strictObject({
  task: taskItem,
  /** Null: it has none. `schema` is form-js's, in the language that was asked for. */
  form: z
    .strictObject({ formId: z.string(), version: z.number(), schema: z.record(z.string(), json) })
    .nullable(),
  /** What the form shows: values by name, the nearest of each. */
  variables: valueMap(z.record(z.string(), json)),
  /** What it may be completed by, in the order of the form; empty: by one button without a name. */
  actions: list(z.strictObject({ action: z.string(), label: z.string() })),
  draft: taskDraft,
  history: list(happening),
  /** Every part of the clock's time. */
  why: list(part),
  ticketClocks: list(ticketClock.extend({ why: list(part) })),
});

const waiting = z.strictObject({
  kind: z.string(),
  elementId: z.string(),
  name: z.string(),
  /** Of a user task: its key, and whose it is. */
  taskKey: maybe,
  assignee: maybe,
  candidateGroups: list(z.string()),
});

/** What an act came to. */
export const taskOutcome = z.strictObject({
  message: z.string(),
  /** Of the instance; null: it did not answer in time, and goes on. */
  status: maybe,
  waitsFor: list(waiting),
  /** As it stands now; null: it is not known yet. */
  task: taskItem.nullable(),
});

const reason = z.string().trim().max(2000).nullable().default(null);
const person = z.string().min(1).max(500);
const names = z.array(z.string().min(1).max(500)).max(1000);
const date = z.string().min(1).max(100).nullable();

/** Completes a task. */
export const completion = z.strictObject({
  action: z.string().min(1).max(500).nullable().default(null),
  variables: variables.default({}),
  reason,
});

/** Gives a task to somebody; null: back to its candidates. `mayReassign`: also when somebody has it. */
export const assignment = z.strictObject({
  assignee: person.nullable(),
  mayReassign: z.boolean().default(false),
  reason,
});

/** Hands a task on for a while. */
export const delegation = z.strictObject({ to: person, reason });

/** Gives a delegated task back. */
export const returning = z.strictObject({ reason }).default({ reason: null });

/** What is changed of a task; null takes a date away. */
export const taskChange = z.strictObject({
  dueAt: date.exactOptional(),
  followUpAt: date.exactOptional(),
  priority: z.number().int().min(0).max(100).exactOptional(),
  candidateGroups: names.exactOptional(),
  candidateUsers: names.exactOptional(),
});

/** A remark on a task. */
export const comment = z.strictObject({ text: z.string().trim().min(1).max(2000) });

/** What was typed, over the version of the draft that was seen. */
export const draftSaving = z.strictObject({
  data: variables,
  version: z.number().int().min(0),
});

/** A file of a task. */
export const attachment = z.strictObject({
  attachmentId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  /** Login name. */
  attachedBy: z.string(),
  attachedAt: instant,
});

/** Those of a task, and how many more it takes. */
export const attachmentList = z.strictObject({
  items: list(attachment),
  /** Files of a task at most, and bytes of one. */
  most: z.number(),
  mostBytes: z.number(),
});

/** Takes a file away. An admin who did not attach it says why. */
export const attachmentRemoval = z.strictObject({ reason }).default({ reason: null });

/** What is known of the customer whose task it is. */
export const taskContext = z.strictObject({
  /** Null: the process names none that is known. */
  customer: z
    .strictObject({
      customerId: z.string(),
      name: maybe,
      country: z.string(),
      tz: z.string(),
      locale: z.string(),
      stage: maybe,
      touch: maybe,
      healthScore: z.number().nullable(),
      isStrategic: z.boolean(),
      since: z.string(),
      state: z.string(),
      isErased: z.boolean(),
    })
    .nullable(),
  contacts: list(
    z.strictObject({
      contactId: z.string(),
      name: maybe,
      mail: maybe,
      phone: maybe,
      role: z.string(),
      state: z.string(),
      isPrimary: z.boolean(),
    }),
  ),
  plans: list(
    z.strictObject({ planId: z.string(), seats: z.number().nullable(), state: z.string() }),
  ),
  /** What is owed in each currency, minor units, and of it what is overdue. */
  debts: list(
    z.strictObject({ currency: z.string(), owedMinor: z.number(), overdueMinor: z.number() }),
  ),
  /** Open ones, the newest first. */
  tickets: list(
    z.strictObject({
      ticketId: z.string(),
      type: z.string(),
      priority: z.string(),
      status: z.string(),
      createdAt: instant,
    }),
  ),
  /** Its instances, the newest first. */
  history: list(
    z.strictObject({
      processInstanceKey: z.string(),
      process: texts,
      state: z.string(),
      startedAt: instant.nullable(),
      endedAt: instant.nullable(),
    }),
  ),
});

const viewName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'no control characters');

/** Of a new view. */
export const newView = z.strictObject({
  name: viewName,
  isShared: z.boolean().default(false),
  query: taskQuery,
});

/** What is changed of a view. */
export const viewChange = z.strictObject({
  version: z.number().int().min(1),
  name: viewName.exactOptional(),
  isShared: z.boolean().exactOptional(),
  query: taskQuery.exactOptional(),
});

/** A view. */
export const inboxView = z.strictObject({
  viewId: z.string(),
  name: z.string(),
  isShared: z.boolean(),
  isOwn: z.boolean(),
  /** Login name. */
  owner: z.string(),
  query: taskQuery,
  version: z.number(),
  updatedAt: instant,
});

/** Somebody who may be given a task; by their groups it is known which ones wait for them. */
export const colleague = z.strictObject({
  loginName: z.string(),
  displayName: z.string(),
  groups: list(z.string()),
});

export type TaskQuery = z.output<typeof taskQuery>;
export type TaskPage = z.output<typeof taskPage>;
export type TaskItem = z.infer<typeof taskItem>;
export type TaskClock = z.infer<typeof taskClock>;
export type TicketClock = z.infer<typeof ticketClock>;
export type TaskList = z.infer<typeof taskList>;
export type TaskCounts = z.infer<typeof taskCounts>;
export type Happening = z.infer<typeof happening>;
export type AttachmentOnWire = z.infer<typeof attachment>;
export type AttachmentList = z.infer<typeof attachmentList>;
export type WholeTask = z.infer<typeof wholeTask>;
export type TaskOutcome = z.infer<typeof taskOutcome>;
export type TaskContext = z.infer<typeof taskContext>;
export type InboxViewOnWire = z.infer<typeof inboxView>;
export type Colleague = z.infer<typeof colleague>;
