import { describe, expect, test } from 'vitest';
import { localizeForm, missingTexts, parseForm } from '../../engine/forms/index.js';

const schema = (components: readonly object[], rest: object = {}): string =>
  JSON.stringify({ type: 'default', id: 'f', schemaVersion: 19, components, ...rest });

const nested = (depth: number): object =>
  depth === 0 ? { type: 'text', text: 'x' } : { type: 'group', components: [nested(depth - 1)] };

/** A form, and what is wrong with it. */
const rows: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'a sound form',
    schema([
      { type: 'textfield', key: 'a' },
      { type: 'text', text: 'x' },
    ]),
    [],
  ],
  ['no JSON', '{', ['FORM_INVALID']],
  ['a list', '[]', ['FORM_INVALID']],
  ['no id', JSON.stringify({ type: 'default', components: [] }), ['FORM_INVALID']],
  ['no components', JSON.stringify({ type: 'default', id: 'f' }), ['FORM_INVALID']],
  ['a field without key', schema([{ type: 'textfield' }]), ['FORM_INVALID']],
  ['a list without path', schema([{ type: 'dynamiclist', components: [] }]), ['FORM_INVALID']],
  [
    'a field that nobody checks',
    schema([{ type: 'filepicker', key: 'a' }]),
    ['FORM_FIELD_UNSUPPORTED'],
  ],
  [
    'a key twice, also in a group without path',
    schema([
      { type: 'number', key: 'a' },
      { type: 'group', components: [{ type: 'textfield', key: 'a' }] },
    ]),
    ['FORM_KEY_DUPLICATE'],
  ],
  [
    'a key again inside a list',
    schema([
      { type: 'number', key: 'a' },
      { type: 'dynamiclist', path: 'l', components: [{ type: 'textfield', key: 'a' }] },
    ]),
    [],
  ],
  [
    'no FEEL',
    schema([{ type: 'number', key: 'a', conditional: { hide: '=a +' } }]),
    ['FORM_EXPRESSION_INVALID'],
  ],
  [
    'a pattern that looks around',
    schema([{ type: 'textfield', key: 'a', validate: { pattern: '(?=a)b' } }]),
    ['FORM_PATTERN_INVALID'],
  ],
  ['too deep', schema([nested(30)]), ['FORM_INVALID']],
  [
    'too many',
    schema(Array.from({ length: 1001 }, (_, i) => ({ type: 'number', key: `a${i}` }))),
    ['FORM_INVALID'],
  ],
];

describe('parseForm', () => {
  test.each(rows)('%s', (_what, text, codes) => {
    const { form, findings } = parseForm(text, 'forms/f.form');
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(form === null).toBe(codes.length > 0);
    expect(findings.every(({ file }) => file === 'forms/f.form')).toBe(true);
  });
});

test('a form whose id is not the name of its file is a warning', () => {
  const { id, form, findings } = parseForm(schema([], { id: 'g' }), 'forms/f.form');
  expect(findings).toMatchObject([{ code: 'FORM_ID_MISMATCH', severity: 'warning' }]);
  expect([id, form?.id]).toEqual(['g', 'g']);
});

describe('languages', () => {
  const form = {
    components: [
      {
        type: 'radio',
        key: 'a',
        label: 'Which?',
        values: [
          { label: 'Yes', value: 'y' },
          { label: 'No', value: 'n' },
        ],
        properties: { 'label:pt-BR': 'Qual?', 'option:y:pt-BR': 'Sim' },
      },
      {
        type: 'group',
        components: [{ type: 'text', text: 'Hello', properties: { 'text:pt-BR': 'Olá' } }],
      },
    ],
  };

  test('texts and options are replaced, and stay where there is no translation', () => {
    expect(localizeForm(form, 'pt-BR')).toMatchObject({
      components: [
        {
          label: 'Qual?',
          values: [
            { label: 'Sim', value: 'y' },
            { label: 'No', value: 'n' },
          ],
        },
        { components: [{ text: 'Olá' }] },
      ],
    });
    expect(localizeForm(form, 'de')).toEqual(form);
  });

  test('what lacks is named', () => {
    expect(missingTexts(form, 'pt-BR')).toEqual(['a: option:n']);
    expect(missingTexts(form, 'de')).toEqual([
      'a: label',
      'a: option:y',
      'a: option:n',
      'text: text',
    ]);
  });
});
