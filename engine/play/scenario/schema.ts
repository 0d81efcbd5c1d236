/**
 * The format of a scenario: what must happen when a process runs. Class: pure.
 * Instants and durations are ISO 8601; an instant without offset is in UTC.
 */
import * as z from 'zod';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../errors/index.js';
import { checkExpression } from '../../expressions/index.js';
import type { Json } from '../../model/index.js';
import { checkTimer } from '../../triggers/timer/index.js';

const text = z.string().min(1);
const duration = text
  .refine((given) => checkTimer('duration', given) === null, { error: 'is no ISO 8601 duration' })
  .refine((given) => !given.includes('-'), {
    error: 'is a duration below zero: time goes forward',
  });
/** FEEL, with or without `=` before it. */
const feel = text.superRefine((given, context) => {
  const [problem] = checkExpression(formula(given)).filter(({ code }) => !isWarning(code));
  if (problem) context.addIssue(`is no FEEL expression: ${problem.message}`);
});

/** The expression of an answer. */
export const formula = (given: string): string => given.replace(/^\s*=/, '');

function isWarning(code: ErrorCode): boolean {
  const row: ErrorRow = ERRORS[code];
  return row.severity === 'warning';
}

const instant = text.refine((given) => checkTimer('date', given) === null, {
  error: 'is no ISO 8601 date and time',
});
const json: z.ZodType<Json> = z.json();
const variables = z
  .record(z.string(), json)
  .nullish()
  .transform((given) => given ?? {});
const id = text;
const ids = z.array(id);
const counts = z.record(z.string(), z.number().int().min(0));
/** A correlation key is text; a number is taken as its digits. */
const key = z.union([z.string(), z.number()]).transform(String);

/** `fail` is technical and is tried again; `error` is a BPMN error that the model may catch. */
const answer = z
  .strictObject({
    complete: variables.optional(),
    fail: z.string().optional(),
    error: z.strictObject({ code: text, message: z.string().default(''), variables }).optional(),
    feel: feel.optional(),
    after: duration.optional(),
  })
  .refine((one) => Object.keys(one).filter((name) => name !== 'after').length <= 1, {
    error: 'has more than one of complete, fail, error and feel',
  });

const triggers = ['message', 'signal', 'timer', 'condition'] as const;

const start = z
  .strictObject({
    variables,
    message: text.optional(),
    key: key.optional(),
    signal: text.optional(),
    timer: z.literal(true).optional(),
    condition: z.literal(true).optional(),
    event: id.optional(),
    id: id.optional(),
  })
  .refine((one) => triggers.filter((name) => one[name] !== undefined).length <= 1, {
    error: `has more than one of ${triggers.join(', ')}`,
  })
  .refine((one) => one.key === undefined || one.message !== undefined, {
    error: 'has a key but no message',
  });

const incident = z.strictObject({ element: id.optional(), code: text.optional() });

const expectation = z.strictObject({
  waitingAt: ids.optional(),
  state: z.enum(['completed', 'waiting', 'cancelled', 'failed', 'incident']).optional(),
  ends: ids.optional(),
  completed: ids.optional(),
  only: z.boolean().optional(),
  completedCounts: counts.optional(),
  jobs: counts.optional(),
  never: ids.optional(),
  variables: z.record(z.string(), json).optional(),
  incidents: z.array(incident).optional(),
  instances: counts.optional(),
});

/** All that is live of an element; with `item` the inner instance of a multi-instance activity that has this number. */
const place = z.union([
  id,
  z.strictObject({ element: id, item: z.number().int().min(1).optional() }),
]);
/** An element or flow; `in` is a live scope around it, `local` are variables of the element, `variables` of the process. */
const aim = z.union([
  id,
  z.strictObject({ element: id, in: place.optional(), local: variables, variables }),
]);

/** Something of an instance, as a scenario names it. */
export type Place = z.infer<typeof place>;
/** Where a modification puts a token. */
export type Aim = z.infer<typeof aim>;

const ACTS = {
  start: z.preprocess((given) => given ?? {}, start),
  expect: expectation,
  complete: z.strictObject({
    task: id,
    action: text.optional(),
    variables,
    actor: text.optional(),
    /** The code by which it is refused. */
    refused: text.optional(),
  }),
  advance: duration,
  until: instant,
  message: z.strictObject({
    name: text,
    key: key.optional(),
    variables,
    ttl: duration.optional(),
    id: text.optional(),
  }),
  signal: z.strictObject({ name: text, variables }),
  set: z.strictObject({ variables, scope: id.optional() }),
  activate: z.strictObject({ element: id, variables }),
  resolve: z.strictObject({ element: id, variables }),
  modify: z
    .strictObject({
      cancel: z.array(place).default([]),
      activate: z.array(aim).default([]),
      move: z.array(z.strictObject({ from: place, to: aim })).default([]),
      actor: text.optional(),
      /** The code by which it is refused. */
      refused: text.optional(),
    })
    .refine(({ cancel, activate, move }) => cancel.length + activate.length + move.length > 0, {
      error: 'has none of cancel, activate and move',
    }),
  cancel: z.literal(true),
} as const;

/** The names of the steps. */
export const STEP_NAMES = Object.keys(ACTS).join(', ');

/** The fields of a step that acts: exactly one is given. */
export const ACTING = {
  start: ACTS.start.optional(),
  complete: ACTS.complete.optional(),
  advance: ACTS.advance.optional(),
  until: ACTS.until.optional(),
  message: ACTS.message.optional(),
  signal: ACTS.signal.optional(),
  set: ACTS.set.optional(),
  activate: ACTS.activate.optional(),
  resolve: ACTS.resolve.optional(),
  modify: ACTS.modify.optional(),
  cancel: ACTS.cancel.optional(),
};

const step = z
  .strictObject({ ...ACTING, expect: ACTS.expect.optional() })
  .refine((one) => Object.keys(one).length === 1, { error: `is not exactly one of ${STEP_NAMES}` });

/** Answers to jobs by their type. */
export const ANSWERS = z.record(z.string(), z.union([answer, z.array(answer).min(1)])).default({});
/** One answer to a job. */
export const ANSWER = answer;
/** An instant as people write it. */
export const INSTANT = instant;

/** One scenario of a file. */
export const SCENARIO = z.strictObject({
  name: text,
  process: text,
  id: id.optional(),
  files: z.array(text).default([]),
  now: instant.default('2026-01-01T00:00:00Z'),
  jobs: ANSWERS,
  steps: z
    .array(step)
    .nullish()
    .transform((given) => given ?? []),
  expect: expectation
    .extend({ refused: z.array(text).optional() })
    .nullish()
    .transform((given) => given ?? {}),
});

/** A scenario as it was read. */
export type Scenario = z.infer<typeof SCENARIO>;
/** One step: an object with exactly one of the names. */
export type ScenarioStep = z.infer<typeof step>;
/** What a step does, by name. */
export type StepName = keyof typeof ACTS;
/** What must hold, in a step or at the end. */
export type Expectation = z.infer<typeof expectation>;
/** One answer to a job. */
export type ScenarioAnswer = z.infer<typeof answer>;
/** A start command. */
export type StartStep = z.infer<typeof start>;
