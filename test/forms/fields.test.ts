import { expect, test } from 'vitest';
import { fieldsOf, parseForm } from '../../engine/forms/index.js';
import type { Variables } from '../../engine/model/index.js';

const COMPONENTS = [
  { type: 'text', text: 'Read this.' },
  {
    type: 'radio',
    key: 'decision',
    label: 'What was agreed?',
    values: [{ label: 'Yes', value: 'yes' }, 'no'],
    validate: { required: true },
  },
  { type: 'select', key: 'plan', label: 'Plan', valuesKey: 'plans' },
  { type: 'select', key: 'seats', valuesExpression: '=for n in 1..size return n * 10' },
  { type: 'textfield', key: 'why', label: 'Why', conditional: { hide: '=decision != "no"' } },
  { type: 'textfield', key: 'unknown', conditional: { hide: '=nobody > 3' } },
  { type: 'textfield', key: 'name', readonly: true },
  { type: 'textfield', key: 'mail', readonly: '=size > 1' },
  { type: 'datetime', key: 'when', dateLabel: 'On', subtype: 'date' },
  { type: 'group', path: 'address', components: [{ type: 'textfield', key: 'city' }] },
  { type: 'dynamiclist', path: 'users', components: [{ type: 'textfield', key: 'login' }] },
];

const fields = (variables: Variables) => {
  const text = JSON.stringify({ type: 'default', id: 'f', components: COMPONENTS });
  const { form, findings } = parseForm(text, 'f.form');
  if (form === null) throw new Error(JSON.stringify(findings));
  const context = { variables, at: '2026-03-02T12:00:00.000Z', zone: 'UTC' };
  return Object.fromEntries(fieldsOf(form, context).map(({ key, ...rest }) => [key, rest]));
};

const GIVEN = { plans: [{ label: 'Gold', value: 'gold' }], size: 2, address: { city: 'Faro' } };

test('tells what a form asks for, in its order', () => {
  const found = fields(GIVEN);
  const inner = ['address.city', 'users[].login'];
  const outer = ['decision', 'plan', 'seats', 'why', 'unknown', 'name', 'mail', 'when'];
  expect(Object.keys(found)).toEqual([...outer, ...inner]);
  expect(found).toMatchObject({
    decision: {
      label: 'What was agreed?',
      type: 'radio',
      isRequired: true,
      isShown: true,
      options: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: null },
      ],
    },
    plan: { isRequired: false, options: [{ value: 'gold', label: 'Gold' }] },
    seats: { label: null, options: [{ value: 10 }, { value: 20 }] },
    why: { isShown: false },
    unknown: { isShown: null },
    name: { isReadOnly: true },
    mail: { isReadOnly: true },
    when: { label: 'On', isReadOnly: false },
    'address.city': { value: 'Faro' },
    'users[].login': { value: null, isShown: true },
  });
});

test('what depends on variables goes by those that there are', () => {
  const found = fields({ decision: 'no' });
  expect(found).toMatchObject({ why: { isShown: true }, plan: { options: [] } });
  // Nobody can compute these without the size.
  expect(found).toMatchObject({ seats: { options: [] }, mail: { isReadOnly: false } });
});
