/**
 * `jornada:…` headers and properties are names that their element takes, with values that hosts can use; names with
 * another prefix are the modeller's own. Source: docs/adding-a-process.md, docs/design.md D16.
 */
import { type Finding, finding } from '../../errors/index.js';
import { meant, type ParsedNode } from '../../model/index.js';
import { fixedDurationMs } from '../../triggers/timer/index.js';
import type { Level } from '../model.js';
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

/** What any text fits, or what a rule of its own judges: `jornada:zone` has BPMN_TIMER_ZONE. */
const ANY: Form = { is: 'a text', fits: () => true };

type Forms = Readonly<Record<string, Form>>;

const ON_PROCESSES: Forms = { 'jornada:zone': ANY, 'jornada:movesAStep': WHOLE };
const ON_JOBS: Forms = { ...ON_TASKS, 'jornada:mail': ANY };
const ON_SCRIPTS: Forms = { 'jornada:resultVariable': ANY };
const ON_USER_TASKS: Forms = { 'jornada:notBy': ANY, 'jornada:completedBy': ANY };
const ON_STARTS: Forms = { 'jornada:startedBy': ANY };
const ON_NOTHING: Forms = {};

/** What takes names, in the words of a finding. */
const TAKERS: readonly (readonly [string, Forms])[] = [
  ['a process', ON_PROCESSES],
  ['an element with `zeebe:taskDefinition`', ON_JOBS],
  ['a script task with `script`', ON_SCRIPTS],
  ['a user task', ON_USER_TASKS],
  ['a none start event of a process', ON_STARTS],
];

function formsOf({ tag, script, triggers, extensions }: ParsedNode, { kind }: Level): Forms {
  if (tag === 'startEvent' && triggers.length === 0 && kind === 'process') return ON_STARTS;
  if (tag === 'scriptTask' && script !== null && extensions.script === null) return ON_SCRIPTS;
  if (tag === 'userTask') return ON_USER_TASKS;
  return extensions.taskDefinition === null ? ON_NOTHING : ON_JOBS;
}

const check = (
  id: string,
  values: Readonly<Record<string, string>>,
  forms: Forms,
): readonly Finding[] =>
  Object.entries(values).flatMap(([name, value]) => {
    if (!name.startsWith('jornada:')) return [];
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (form === undefined) {
      return [finding('BPMN_HEADER_UNKNOWN', id, { name, id, hint: hint(name, forms) })];
    }
    if (form.fits(value)) return [];
    return [finding('BPMN_HEADER_VALUE', id, { name, id, is: form.is, value: `'${value}'` })];
  });

/** What was meant, or who takes the name, or else what the element takes. */
function hint(name: string, forms: Forms): string {
  const taker = TAKERS.find(([, taken]) => Object.hasOwn(taken, name));
  if (taker) return ` (${taker[0]} does)`;
  const own = Object.keys(forms);
  const near =
    meant(name, own) ||
    meant(
      name,
      TAKERS.flatMap(([, taken]) => Object.keys(taken)),
    );
  return near || (own.length > 0 ? ` (it takes ${own.join(', ')})` : '');
}

/** Findings: BPMN_HEADER_UNKNOWN, BPMN_HEADER_VALUE. */
export const hostHeaders: Rule = {
  node: (node, level) => {
    const { headers, properties } = node.extensions;
    return check(node.id, { ...properties, ...headers }, formsOf(node, level));
  },
  level: ({ id, kind, process }) =>
    kind === 'process' ? check(id, process.properties, ON_PROCESSES) : [],
};
