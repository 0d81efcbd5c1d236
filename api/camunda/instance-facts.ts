/**
 * What instances may be looked for besides their own fields, as the wire has it: elements and when they were entered, incidents and
 * when they were opened, whether an instance ran at an instant, whether its dates were kept. Class: pure.
 */
import { z } from 'zod';
import { CLOCK_METRICS } from '../../contracts/report-names.js';
import type { Between, InstanceFacts } from '../../store/index.js';
import { inputOf } from '../input.js';
import { instantOf, invalid } from './fields.js';

const id = z.string().min(1).max(500);
const one = z.union([id, z.strictObject({ $eq: id })]);
const instant = z.iso.datetime({ offset: true });
const range = z.strictObject({ $gte: instant.optional(), $lt: instant.optional() });

/** Their shapes. */
export const INSTANCE_FACTS = {
  elementId: one.optional().describe('Something is, or was, there.'),
  elementInstanceState: z.enum(['ACTIVE', 'COMPLETED', 'TERMINATED']).optional(),
  elementStartDate: range.optional().describe('When it came to `elementId`.'),
  incidentCreationTime: range.optional().describe('When an incident was opened in it.'),
  incidentElementId: one.optional().describe('Where that incident was opened.'),
  runningAt: instant.optional().describe('It had started before, and was not over then.'),
  punctuality: z
    .enum(['LATE', 'ON_TIME'])
    .optional()
    .describe(
      '`LATE`: a task was not over by its date. `ON_TIME`: none was, and one was done by its date.',
    ),
  slaMetric: z.enum(CLOCK_METRICS).optional().describe('It opened a ticket that has such a clock.'),
  slaState: z
    .enum(['KEPT', 'MISSED', 'RUNNING'])
    .optional()
    .describe('How the clock of `slaMetric` stands; where it is not said: it is done.'),
  slaStartDate: range.optional().describe('When the clock of `slaMetric` began.'),
};

const SHAPE = z.strictObject(INSTANCE_FACTS);

/** Takes them out of a filter. Errors: `INPUT_INVALID`. */
export function factsIn(given: Readonly<Record<string, unknown>>): {
  readonly facts: InstanceFacts;
  readonly rest: Readonly<Record<string, unknown>>;
} {
  const names = Object.keys(given);
  const isFact = (name: string): boolean => Object.hasOwn(INSTANCE_FACTS, name);
  const pick = (which: (name: string) => boolean) =>
    Object.fromEntries(names.filter(which).map((name) => [name, given[name]]));
  const asked = inputOf(SHAPE, pick(isFact));
  return { facts: factsOf(asked), rest: pick((name) => !isFact(name)) };
}

type Asked = z.output<typeof SHAPE>;

function factsOf({ runningAt, punctuality, ...asked }: Asked): InstanceFacts {
  return {
    ...elementIn(asked),
    ...incidentIn(asked),
    ...clockIn(asked),
    ...(runningAt !== undefined && { runningAt: instantOf('filter.runningAt', runningAt) }),
    ...(punctuality !== undefined && { punctuality }),
  };
}

const textOf = (value: z.output<typeof one>): string =>
  typeof value === 'string' ? value : value.$eq;

const betweenOf = (place: string, { $gte, $lt }: z.output<typeof range>): Between => ({
  from: $gte === undefined ? null : instantOf(place, $gte),
  to: $lt === undefined ? null : instantOf(place, $lt),
});

function elementIn({ elementId, elementInstanceState: state, elementStartDate }: Asked) {
  if (elementId === undefined) {
    const alone = state === undefined ? 'elementStartDate' : 'elementInstanceState';
    if (state === undefined && elementStartDate === undefined) return {};
    throw invalid(`filter.${alone}`, 'it is of an elementId, which is not there');
  }
  return {
    at: {
      elementId: textOf(elementId),
      state: state === undefined ? null : state === 'TERMINATED' ? 'CANCELLED' : state,
      ...(elementStartDate && { entered: betweenOf('filter.elementStartDate', elementStartDate) }),
    },
  } as const;
}

function incidentIn({ incidentElementId, incidentCreationTime }: Asked) {
  if (incidentElementId === undefined && incidentCreationTime === undefined) return {};
  return {
    withIncident: {
      elementId: incidentElementId === undefined ? null : textOf(incidentElementId),
      opened: betweenOf('filter.incidentCreationTime', incidentCreationTime ?? {}),
    },
  };
}

function clockIn({ slaMetric, slaState, slaStartDate }: Asked) {
  if (slaMetric === undefined) {
    const alone = slaState === undefined ? 'slaStartDate' : 'slaState';
    if (slaState === undefined && slaStartDate === undefined) return {};
    throw invalid(`filter.${alone}`, 'it is of an slaMetric, which is not there');
  }
  const began = betweenOf('filter.slaStartDate', slaStartDate ?? {});
  return { clock: { metric: slaMetric, standing: slaState ?? null, began } };
}
