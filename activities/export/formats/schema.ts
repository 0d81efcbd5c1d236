/** The JSON Schema of a data set, made of its columns. Class: pure. Source: JSON Schema 2020-12. */
import type { Json } from '../../../engine/model/index.js';
import type { Column, Dataset } from '../source.js';

const TYPES: Readonly<Record<Column['type'], Readonly<Record<string, Json>>>> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  instant: { type: 'string', format: 'date-time' },
  json: {},
};

/** The schema of one line of the data set's JSON Lines. */
export function schemaOf({ name, says, columns }: Dataset): Readonly<Record<string, Json>> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    description: says,
    type: 'object',
    additionalProperties: false,
    required: columns.map((column) => column.name),
    properties: Object.fromEntries(columns.map((column) => [column.name, propertyOf(column)])),
  };
}

function propertyOf({ type, says, isOptional, oneOf, class: of }: Column): Json {
  const { type: base, ...more } = TYPES[type];
  const description = `${says} (class ${of})`;
  if (base === undefined) return { description };
  const types = isOptional ? [base, 'null'] : base;
  const values = oneOf && { enum: isOptional ? [...oneOf, null] : [...oneOf] };
  return { description, type: types, ...more, ...values };
}
