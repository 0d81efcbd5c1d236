/**
 * `process.yaml`: what a package says about itself. Class: pure. What a process takes and holds is declared here, with
 * the class of personal data that export, encryption and erasure read.
 */
import * as z from 'zod';
import { CALENDAR } from './calendar.js';

/** A text in both languages. */
const TEXTS = z.strictObject({ en: z.string().min(1), 'pt-BR': z.string().min(1) });

// The message of a pattern says what is expected, in words that follow "to be".
const NAME = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name of letters, digits and _ that begins with no digit');
const KEY = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'in kebab-case, such as new-customer');
const ELEMENT = z.string().regex(/^[A-Za-z_][\w.-]*$/, 'the id of an element');
const DURATION = z
  .string()
  .regex(/^P(?=.)(\d+[YMWD])*(T(\d+[HMS])+)?$/, 'an ISO 8601 duration, such as P30D');

/**
 * Classes of data: none, id, contact data of persons, free text, financial, secret.
 * They drive export, encryption and erasure.
 */
export const DATA_CLASSES = ['N', 'I', 'C', 'T', 'F', 'S'] as const;

const VARIABLE = z.strictObject({
  type: z.enum([
    'string',
    'number',
    'integer',
    'boolean',
    'list',
    'context',
    'date',
    'instant',
    'any',
  ]),
  class: z.enum(DATA_CLASSES),
  title: TEXTS,
});

const INPUT = VARIABLE.extend({ required: z.boolean().default(false) });

const SLA = z.strictObject({
  /** Element whose time is counted. */
  element: ELEMENT,
  title: TEXTS,
  target: DURATION,
  calendar: KEY,
  /** Percentages of the target at which people are warned. */
  warnAt: z.array(z.number().int().min(1).max(500)).default([75, 100]),
});

const KPI = z.strictObject({
  title: TEXTS,
  /** Elements between which time is measured, or whose entries are counted. */
  from: ELEMENT.optional(),
  to: ELEMENT.optional(),
  count: ELEMENT.optional(),
  unit: z.enum(['hours', 'days', 'count', 'percent']),
});

const MAIL = z.strictObject({
  title: TEXTS,
  class: z.enum(['transactional', 'marketing', 'tips', 'survey', 'newsletter']),
  /** Values with which the template is tried before it is published. */
  sample: z.record(z.string(), z.json()),
});

/** Classes of which an operator's process holds nothing: what is under the deployment's key outlives every customer. */
const OF_CUSTOMERS: readonly string[] = ['C', 'T', 'F', 'S'];

const KEYS = z.strictObject({
  key: KEY,
  title: TEXTS,
  /** Titles of the other processes of the package, by their ids. */
  processes: z.record(KEY, TEXTS).default({}),
  description: TEXTS,
  /** Lane, and so the group, that answers for the process. */
  owner: KEY,
  roles: z.record(KEY, TEXTS),
  /** Whose key its instances are encrypted under. */
  runsUnder: z.enum(['customer', 'operator']).default('customer'),
  /** What may be passed at the start. */
  variables: z.record(NAME, INPUT),
  /** What the process writes on its way. */
  internal: z.record(NAME, VARIABLE).default({}),
  /** What it leaves behind for its caller: names from the two above. */
  output: z.array(NAME).default([]),
  outcomes: z.record(NAME, TEXTS),
  sla: z.array(SLA).default([]),
  calendars: z.record(KEY, CALENDAR).default({}),
  kpis: z.record(KEY, KPI).default({}),
  mails: z.record(KEY, MAIL).default({}),
  retention: z.strictObject({
    /** Time that an ended instance is kept. */
    instances: DURATION,
    reason: TEXTS,
  }),
  limits: z.strictObject({ activeInstances: z.number().int().min(1).optional() }).prefault({}),
  /** Who may publish it. `byTwo`: somebody else than those who worked on the draft. */
  publishing: z.strictObject({ byTwo: z.boolean().default(false) }).prefault({}),
});

/** The whole file. */
export const PACKAGE = KEYS.superRefine(({ runsUnder, variables, internal }, context) => {
  if (runsUnder !== 'operator') return;
  for (const [part, all] of Object.entries({ variables, internal })) {
    for (const [name, { class: data }] of Object.entries(all)) {
      if (!OF_CUSTOMERS.includes(data)) continue;
      const message = 'N or I, for what runs under the operator holds ids and counts alone';
      context.addIssue({ code: 'custom', path: [part, name, 'class'], message });
    }
  }
});

/** A package as its file describes it. */
export type PackageDescription = z.infer<typeof PACKAGE>;
