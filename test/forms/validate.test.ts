import { describe, expect, test } from 'vitest';
import { parseForm, validateSubmission } from '../../engine/forms/index.js';
import type { Json, Variables } from '../../engine/model/index.js';

const CONTEXT = { at: '2026-03-02T12:00:00.000Z', zone: 'America/Sao_Paulo' };

const formOf = (components: readonly object[]) => {
  const text = JSON.stringify({ type: 'default', id: 'f', schemaVersion: 19, components });
  const { form, findings } = parseForm(text, 'forms/f.form');
  if (form === null) throw new Error(JSON.stringify(findings));
  return form;
};

const problems = (components: readonly object[], data: Variables, variables: Variables = {}) =>
  validateSubmission(formOf(components), data, { ...CONTEXT, variables }).map(
    ({ code, path }) => `${path} ${code}`,
  );

const field = (type: string, rest: object = {}) => ({ type, key: 'a', ...rest });
const required = { validate: { required: true } };
const options = {
  values: [
    { label: 'X', value: 'x' },
    { label: 'One', value: 1 },
  ],
};
const dates = (subtype: string, timeSerializingFormat?: string) => ({
  subtype,
  ...(timeSerializingFormat && { timeSerializingFormat }),
});

/** A field, values that it takes, values that it refuses, and with which code. */
const rows: readonly (readonly [string, object, readonly Json[], readonly Json[], string])[] = [
  ['a text', field('textfield'), ['x', '', null], [1, true, ['x'], { x: 1 }], 'TYPE'],
  ['a required text', field('textfield', required), ['x', ' '], ['', null], 'REQUIRED'],
  [
    'a short text',
    field('textfield', { validate: { maxLength: 2 } }),
    ['ab', '👍👍', ''],
    ['abc'],
    'LENGTH',
  ],
  ['a long text', field('textarea', { validate: { minLength: 2 } }), ['ab', ''], ['a'], 'LENGTH'],
  [
    'a pattern',
    field('textfield', { validate: { pattern: '^[A-Z]{2}$' } }),
    ['BR', ''],
    ['br', 'BRA'],
    'PATTERN',
  ],
  [
    'a pattern that others would hang on',
    field('textfield', { validate: { pattern: '^(a+)+$' } }),
    ['aaaa'],
    [`${'a'.repeat(5000)}!`],
    'PATTERN',
  ],
  [
    'an e-mail',
    field('textfield', { validate: { validationType: 'email' } }),
    ['a@b.example'],
    ['a@b', 'a b@c.example', 'a@b.example,c@d.example', 'A <a@b.example>'],
    'PATTERN',
  ],
  [
    'a phone number',
    field('textfield', { validate: { validationType: 'phone' } }),
    ['+55 11 5555-0100', '0055115550100'],
    ['abc', '+', '12'],
    'PATTERN',
  ],
  ['a number', field('number'), [1, -1.5, 0], ['1', true, [1]], 'TYPE'],
  ['a whole number', field('number', { decimalDigits: 0 }), [1, 1e3], [1.5, 1e-7], 'TYPE'],
  ['two digits', field('number', { decimalDigits: 2 }), [1.25, 1], [1.255], 'TYPE'],
  [
    'a number as text',
    field('number', { serializeToString: true }),
    ['1.50'],
    [1.5, '1e3', 'x'],
    'TYPE',
  ],
  ['a range', field('number', { validate: { min: 1, max: 5 } }), [1, 5], [0, 6], 'RANGE'],
  ['a computed range', field('number', { validate: { max: '=most' } }), [7], [8], 'RANGE'],
  ['yes or no', field('checkbox'), [true, false, null], ['true', 1], 'TYPE'],
  ['a required yes', field('checkbox', required), [true], [false, null], 'REQUIRED'],
  ['a choice', field('select', options), ['x', 1, null], ['y', '1', ['x']], 'OPTION'],
  ['a radio choice', field('radio', options), ['x'], ['X'], 'OPTION'],
  ['options of a variable', field('select', { valuesKey: 'list.of' }), ['p', 'q'], ['x'], 'OPTION'],
  [
    'computed options',
    field('select', { valuesExpression: '=for n in list.of return n' }),
    ['p'],
    ['x'],
    'OPTION',
  ],
  ['several choices', field('checklist', options), [['x'], ['x', 1], []], [['y']], 'OPTION'],
  ['tags', field('taglist', options), [['x']], ['x', ['x', 'x']], 'TYPE'],
  ['required tags', field('taglist', { ...options, ...required }), [['x']], [[], null], 'REQUIRED'],
  [
    'a date',
    field('datetime', dates('date')),
    ['2028-02-29'],
    ['2027-02-29', '2026-3-1', '2026-03-01T00:00Z'],
    'TYPE',
  ],
  [
    'a time',
    field('datetime', dates('time')),
    ['09:30-03:00', '09:30Z'],
    ['9:30Z', '24:00Z', '09:30'],
    'TYPE',
  ],
  [
    'a time without zone',
    field('datetime', dates('time', 'no_timezone')),
    ['09:30'],
    ['09:30Z'],
    'TYPE',
  ],
  [
    'a date and time',
    field('datetime', dates('datetime', 'utc_normalized')),
    ['2026-03-02T09:30Z', '2026-03-02T09:30:15Z'],
    ['2026-03-02T09:30-03:00', '2026-13-02T09:30Z', '2026-03-02'],
    'TYPE',
  ],
  [
    'no date of the past',
    field('datetime', { ...dates('date'), disallowPassedDates: true }),
    ['2026-03-02', '2027-01-01'],
    ['2026-03-01'],
    'RANGE',
  ],
];

const SHOWN = { list: { of: ['p', { label: 'Q', value: 'q' }] }, most: 7 };

describe('fields', () => {
  test.each(rows)('%s', (_what, component, good, bad, code) => {
    for (const value of good) {
      expect([value, problems([component], { a: value }, SHOWN)]).toEqual([value, []]);
    }
    for (const value of bad) {
      const found = problems([component], { a: value }, SHOWN);
      expect([value, found.map((one) => one.replace(/^a(\.\d)? /, ''))]).toEqual([
        value,
        [`FORM_VALUE_${code}`],
      ]);
    }
  });
});

const choice = { values: ['x', 'z'].map((value) => ({ label: value, value })) };

const shown = (hide: string, rest: object = {}) => ({
  type: 'textfield',
  key: 'b',
  conditional: { hide },
  ...rest,
});

describe('conditions', () => {
  const form = [field('radio', choice), shown('=a != "x"', required)];
  test('what is hidden is neither required nor taken', () => {
    expect(problems(form, { a: 'z' })).toEqual([]);
    expect(problems(form, { a: 'z', b: 17 })).toEqual([]);
    expect(problems(form, { a: 'z', b: '' })).toEqual([]);
    expect(problems(form, { a: 'x' })).toEqual(['b FORM_VALUE_REQUIRED']);
    expect(problems(form, {})).toEqual([]);
  });

  test('a hidden group hides what is in it', () => {
    const inside = {
      type: 'group',
      conditional: { hide: '=a = "z"' },
      components: [{ type: 'textfield', key: 'c', ...required }],
    };
    expect(problems([field('radio', choice), inside], { a: 'z' })).toEqual([]);
    expect(problems([field('radio', choice), inside], { a: 'x' })).toEqual([
      'c FORM_VALUE_REQUIRED',
    ]);
    expect(problems([field('radio', choice), inside], { a: 'z', c: '' })).toEqual([]);
  });

  test('see the variables that the form was shown with', () => {
    expect(problems([shown('=plan = "team"', required)], {}, { plan: 'team' })).toEqual([]);
  });

  test('that cannot be computed refuse only what they would decide about', () => {
    expect(problems([shown('=nowhere = 1')], {})).toEqual([]);
    expect(problems([shown('=nowhere = 1', required)], { b: 'x' })).toEqual([]);
    expect(problems([shown('=nowhere = 1', required)], {})).toEqual(['b FORM_CONDITION_FAILED']);
    const locked = [{ type: 'textfield', key: 'a', readonly: '=nowhere' }];
    expect(problems(locked, { a: 'as shown' }, { a: 'as shown' })).toEqual([]);
    expect(problems(locked, { a: 'x' }, { a: 'y' })).toEqual(['a FORM_CONDITION_FAILED']);
  });
});

describe('read-only fields', () => {
  const states: readonly (readonly [string, object])[] = [
    ['disabled', { disabled: true }],
    ['read-only', { readonly: true }],
    ['read-only by an expression', { readonly: '=locked' }],
  ];
  test.each(states)('%s: kept, or left out', (_what, state) => {
    const form = [{ type: 'textfield', key: 'a', ...state, ...required }];
    const given = { a: 'as shown', locked: true };
    expect(problems(form, {}, given)).toEqual([]);
    expect(problems(form, { a: 'as shown' }, given)).toEqual([]);
    expect(problems(form, { a: 'changed' }, given)).toEqual(['a FORM_FIELD_READ_ONLY']);
    expect(problems(form, { a: null }, given)).toEqual(['a FORM_FIELD_READ_ONLY']);
  });
});

describe('groups and lists', () => {
  const person = [
    { type: 'textfield', key: 'name', ...required },
    { type: 'checkbox', key: 'lead' },
    {
      type: 'textfield',
      key: 'team',
      ...required,
      conditional: { hide: '=not(this.lead = true)' },
    },
  ];
  const list = [{ type: 'dynamiclist', path: 'people.all', components: person }];

  test('each item is judged, under its place', () => {
    const all = [{ name: 'A' }, { name: '' }, { name: 'C', lead: true }, { name: 'D', team: 'x' }];
    expect(problems(list, { people: { all } })).toEqual([
      'people.all.1.name FORM_VALUE_REQUIRED',
      'people.all.2.team FORM_VALUE_REQUIRED',
    ]);
    expect(problems(list, {})).toEqual([]);
    expect(problems(list, { people: { all: 'A' } })).toEqual(['people.all FORM_VALUE_TYPE']);
  });

  test('a list in a list, and a group with a path', () => {
    const inner = {
      type: 'dynamiclist',
      path: 'mails',
      components: [{ type: 'textfield', key: 'to', ...required }],
    };
    const outer = { type: 'dynamiclist', path: 'rows', components: [inner] };
    const group = { type: 'group', path: 'g', components: [outer] };
    expect(problems([group], { g: { rows: [{ mails: [{ to: 'x' }, {}] }] } })).toEqual([
      'g.rows.0.mails.1.to FORM_VALUE_REQUIRED',
    ]);
  });

  test('keys with dots are paths', () => {
    const form = [{ type: 'textfield', key: 'contact.mail', ...required }];
    expect(problems(form, { contact: { mail: 'x' } })).toEqual([]);
    expect(problems(form, { contact: {} })).toEqual(['contact.mail FORM_VALUE_REQUIRED']);
    const hidden = [...form, shown('=contact.mail = null', required)];
    expect(problems(hidden, { contact: {} })).toEqual(['contact.mail FORM_VALUE_REQUIRED']);
    expect(problems(form, { contact: 'x' })).toEqual(['contact.mail FORM_VALUE_TYPE']);
  });
});

describe('what was shown and not sent', () => {
  const form = [
    { type: 'textfield', key: 'a', ...required },
    { type: 'textfield', key: 'contact.mail', ...required },
  ];
  test('stays as it was', () => {
    expect(problems(form, {}, { a: 'x', contact: { mail: 'y' } })).toEqual([]);
    expect(problems(form, {}, { a: '', contact: {} })).toEqual([
      'a FORM_VALUE_REQUIRED',
      'contact.mail FORM_VALUE_REQUIRED',
    ]);
  });
  test('is gone with the variable that is sent in its place', () => {
    const given = { a: 'x', contact: { mail: 'y' } };
    expect(problems(form, { contact: { role: 'root' } }, given)).toEqual([
      'contact.mail FORM_VALUE_REQUIRED',
    ]);
    expect(problems(form, { a: null }, given)).toEqual(['a FORM_VALUE_REQUIRED']);
  });
});

describe('what a form does not ask for', () => {
  const form = [
    field('textfield'),
    { type: 'dynamiclist', path: 'l', components: [{ type: 'textfield', key: 'x' }] },
    { type: 'group', path: 'g', components: [{ type: 'textfield', key: 'y' }] },
  ];
  const data: readonly (readonly [string, Json])[] = [
    ['a value', { b: 1 }],
    ['a value in an item', { l: [{ x: 'y', z: 1 }] }],
    ['what a prototype has', JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')],
  ];
  test.each(data)('%s is not judged', (_what, sent) => {
    expect(problems(form, sent as Variables)).toEqual([]);
  });

  test.each([
    [{ l: ['y'] }, 'l.0'],
    [{ l: {} }, 'l'],
    [{ g: 'y' }, 'g'],
  ])('%j stands where fields are', (sent, path) => {
    expect(problems(form, sent)).toEqual([`${path} FORM_VALUE_TYPE`]);
  });

  test('too much is refused as a whole, however deep', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    expect(problems(form, { a: deep })).toEqual([' FORM_TOO_LARGE']);
  });
});
