/** What a value of each type of field has to be. Class: pure. */
import { type Fault, fault } from '../errors/index.js';
import { evaluate } from '../expressions/index.js';
import { type Field, type FieldType, type Json, own, sameJson } from '../model/index.js';
import { feelOf, rulesOf, textOf } from './form.js';
import { optionsOf } from './options.js';
import type { View } from './view.js';

/** Judges one value; null: nothing is wrong. */
type Judge = (value: Json, field: Field, path: string, view: View) => Fault | null;

/** Whether a field was left empty. */
export function isEmpty(type: FieldType, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (type === 'checkbox') return value === false;
  return Array.isArray(value) && value.length === 0;
}

/** Judges a value that is not empty. */
export function judgeValue(value: Json, field: Field, path: string, view: View): Fault | null {
  for (const judge of JUDGES[field.type]) {
    const problem = judge(value, field, path, view);
    if (problem !== null) return problem;
  }
  return null;
}

const typed =
  (expected: string, fits: (value: Json, field: Field) => boolean): Judge =>
  (value, field, path) =>
    fits(value, field) ? null : fault('FORM_VALUE_TYPE', { path, expected });

const isText = typed('a text', (value) => typeof value === 'string');

const hasLength: Judge = (value, { raw }, path) => {
  const rules = rulesOf(raw);
  const length = [...(value as string)].length;
  const [least, most] = [own(rules, 'minLength'), own(rules, 'maxLength')];
  if (typeof least === 'number' && length < least) {
    return fault('FORM_VALUE_LENGTH', { path, bound: 'at least', limit: least });
  }
  if (typeof most === 'number' && length > most) {
    return fault('FORM_VALUE_LENGTH', { path, bound: 'at most', limit: most });
  }
  return null;
};

const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;
const PHONE = /^(\+|00)?[0-9][0-9 ().-]{4,23}$/;

const fitsPattern: Judge = (value, { raw }, path) => {
  const rules = rulesOf(raw);
  const type = textOf(rules, 'validationType');
  const text = value as string;
  const wrong = fault('FORM_VALUE_PATTERN', { path });
  if (type === 'email' && !EMAIL.test(text)) return wrong;
  if (type === 'phone' && !PHONE.test(text)) return wrong;
  const pattern = textOf(rules, 'pattern');
  return pattern === null || matches(text, pattern) ? null : wrong;
};

/** Regular expressions of the expression language run in linear time. */
function matches(text: string, pattern: string): boolean {
  const found = evaluate('matches(text, pattern)', {
    at: '1970-01-01T00:00:00.000Z',
    zone: 'UTC',
    seed: '',
    lookup: (name) => (name === 'text' ? text : name === 'pattern' ? pattern : undefined),
  });
  return found.ok && found.value === true;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

const isNumber = typed('a number', (value, { raw }) =>
  own(raw, 'serializeToString') === true
    ? typeof value === 'string' && DECIMAL.test(value)
    : typeof value === 'number' && Number.isFinite(value),
);

const hasDigits: Judge = (value, { raw }, path) => {
  const most = own(raw, 'decimalDigits');
  if (typeof most !== 'number' || digitsOf(String(value)) <= most) return null;
  const expected = most === 0 ? 'a whole number' : `a number of at most ${most} decimal digits`;
  return fault('FORM_VALUE_TYPE', { path, expected });
};

function digitsOf(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [, decimals = ''] = mantissa.split('.');
  return Math.max(0, decimals.length - Number(exponent));
}

const inRange: Judge = (value, { raw }, path, view) => {
  const rules = rulesOf(raw);
  const number = Number(value);
  for (const [name, bound, fits] of RANGES) {
    const limit = limitOf(own(rules, name), view);
    if (typeof limit === 'number' && !fits(number, limit)) {
      return fault('FORM_VALUE_RANGE', { path, bound, limit });
    }
    if (limit !== null && typeof limit === 'object') return limit;
  }
  return null;
};

const RANGES: readonly (readonly [string, string, (value: number, limit: number) => boolean])[] = [
  ['min', 'at least', (value, limit) => value >= limit],
  ['max', 'at most', (value, limit) => value <= limit],
];

/** A number as it stands, or computed from the values beside it. */
function limitOf(rule: Json | undefined, view: View): number | null | Fault {
  if (typeof rule === 'number') return rule;
  const feel = feelOf(rule);
  if (feel === null) return null;
  const result = view.evaluate(feel);
  if ('code' in result) return result;
  return typeof result.value === 'number' ? result.value : null;
}

const isOption: Judge = (value, { raw }, path, view) => {
  const options = optionsOf(raw, view);
  if ('code' in options) return options;
  return options.values.some((option) => sameJson(option, value))
    ? null
    : fault('FORM_VALUE_OPTION', { path });
};

const areOptions: Judge = (value, field, path, view) => {
  const chosen = value as readonly Json[];
  for (const [index, one] of chosen.entries()) {
    const problem = isOption(one, field, `${path}.${index}`, view);
    if (problem !== null) return problem;
  }
  const distinct = new Set(chosen.map((one) => JSON.stringify(one))).size === chosen.length;
  return distinct
    ? null
    : fault('FORM_VALUE_TYPE', { path, expected: 'a list without repetitions' });
};

const TIME = '([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?';
const ZONES: Readonly<Record<string, string>> = {
  utc_offset: '(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)',
  utc_normalized: 'Z',
  no_timezone: '',
};

const isInstant: Judge = (value, { raw }, path, view) => {
  const subtype = textOf(raw, 'subtype') ?? 'date';
  const zone = ZONES[textOf(raw, 'timeSerializingFormat') ?? 'utc_offset'] ?? '';
  const form = subtype === 'time' ? `^${TIME}${zone}$` : `^(\\d{4}-\\d{2}-\\d{2})`;
  const whole =
    subtype === 'datetime' ? `${form}T${TIME}${zone}$` : subtype === 'date' ? `${form}$` : form;
  const expected = `a ${subtype === 'datetime' ? 'date and time' : subtype}`;
  const text = typeof value === 'string' && new RegExp(whole).test(value) ? value : null;
  if (text === null || (subtype !== 'time' && !isDate(text.slice(0, 10)))) {
    return fault('FORM_VALUE_TYPE', { path, expected });
  }
  if (own(raw, 'disallowPassedDates') !== true || subtype === 'time') return null;
  const today = view.evaluate('string(today())');
  if ('code' in today) return today;
  const limit = String(today.value);
  return text.slice(0, 10) >= limit
    ? null
    : fault('FORM_VALUE_RANGE', { path, bound: 'at least', limit });
};

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const isList = typed('a list', (value) => Array.isArray(value));
const isFlag = typed('yes or no', (value) => typeof value === 'boolean');

const JUDGES: { readonly [T in FieldType]: readonly Judge[] } = {
  textfield: [isText, hasLength, fitsPattern],
  textarea: [isText, hasLength, fitsPattern],
  number: [isNumber, hasDigits, inRange],
  checkbox: [isFlag],
  select: [isOption],
  radio: [isOption],
  checklist: [isList, areOptions],
  taglist: [isList, areOptions],
  datetime: [isInstant],
};
