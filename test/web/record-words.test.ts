/** Every value that the record may have in a field that is shown has a word, and no word is of a value that is none. */
import { expect, test } from 'vitest';
import { ENTITIES } from '../../store/customers/entities/index.js';
import { RECORD_WORDS } from '../../web/parts/record-words.js';

const FIELDS = [
  ['role', 'contacts', 'role'],
  ['subscription', 'customer_subscriptions', 'state'],
  ['period', 'customer_subscriptions', 'period'],
  ['invoice', 'invoices', 'state'],
  ['ticketType', 'tickets', 'type'],
  ['priority', 'tickets', 'priority'],
  ['ticketStatus', 'tickets', 'status'],
  ['course', 'enrolments', 'state'],
  ['course', 'training_certificates', 'state'],
  ['export', 'exports', 'state'],
  ['erasure', 'erasure_requests', 'state'],
  ['basis', 'erasure_requests', 'basis'],
] as const;

const valuesOf = (table: string, field: string): readonly string[] => {
  const declared = ENTITIES.find((one) => one.table === table) as
    | { readonly fields: Readonly<Record<string, { readonly oneOf?: readonly string[] }>> }
    | undefined;
  const values = declared?.fields[field]?.oneOf ?? [];
  if (values.length === 0) throw new Error(`${table}.${field} names no values`);
  return values;
};

test('words and values are the same', () => {
  const wanted = FIELDS.flatMap(([kind, table, field]) =>
    valuesOf(table, field).map((value) => `${kind}_${value}`),
  );
  // States of instances and stages are named elsewhere than in the record.
  const known = Object.keys(RECORD_WORDS.en).filter((key) => !/^(instance|stage)_/.test(key));
  expect(known.toSorted()).toEqual(wanted.toSorted());
});
