/** `jornada:…` headers and properties that hosts read have values that they can use. Source: docs/adding-a-process.md. */
import { type Finding, finding } from '../../errors/index.js';
import { fixedDurationMs } from '../../triggers/timer/index.js';
import type { Rule } from '../rule.js';
import { FIXED_DURATION } from '../timer-text.js';

/** What a value must be, and how to tell. */
interface Form {
  readonly is: string;
  readonly fits: (value: string) => boolean;
}

const DURATION: Form = {
  is: FIXED_DURATION,
  fits: (value) => fixedDurationMs(value) !== null,
};
const TIME_OUT: Form = {
  is: 'an ISO 8601 duration above zero, without years and months',
  fits: (value) => (fixedDurationMs(value) ?? 0) > 0,
};
const WHOLE: Form = { is: 'a whole number above 0', fits: (value) => /^[1-9]\d{0,8}$/.test(value) };

const ON_TASKS: Readonly<Record<string, Form>> = {
  'jornada:timeout': TIME_OUT,
  'jornada:heartbeat': TIME_OUT,
  'jornada:backoff': DURATION,
  'jornada:deadline': TIME_OUT,
  'jornada:backoffCoefficient': {
    is: 'a number of at least 1',
    fits: (value) => /^\d+(\.\d+)?$/.test(value) && Number(value) >= 1,
  },
  'jornada:local': { is: 'true or false', fits: (value) => value === 'true' || value === 'false' },
  'jornada:taskQueue': { is: 'a name', fits: (value) => value.trim() !== '' },
};

/** `jornada:zone` has a rule of its own: BPMN_TIMER_ZONE. */
const ON_PROCESSES: Readonly<Record<string, Form>> = { 'jornada:movesAStep': WHOLE };

const check = (
  id: string,
  values: Readonly<Record<string, string>>,
  forms: Readonly<Record<string, Form>>,
): readonly Finding[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (form === undefined || form.fits(value)) return [];
    return [finding('BPMN_HEADER_VALUE', id, { name, id, is: form.is, value: `'${value}'` })];
  });

/** Findings: BPMN_HEADER_VALUE. */
export const hostHeaders: Rule = {
  node: ({ id, extensions: { headers, properties } }) =>
    check(id, { ...properties, ...headers }, ON_TASKS),
  level: ({ id, kind, process }) =>
    kind === 'process' ? check(id, process.properties, ON_PROCESSES) : [],
};
