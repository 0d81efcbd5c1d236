/** The text of `docs/customer-record.md`, made of the declarations. Class: pure. */
import {
  CLASSES,
  type DataClass,
  ENTITIES,
  type EntityDeclaration,
  type FieldDeclaration,
  RETENTIONS,
  SEALED_COLUMNS,
  sealedClassesOf,
} from '../store/index.js';

const HEAD = `# The customer record

<!-- Made by \`npx tsx scripts/customer-record-page.ts\`; a test holds it equal to the declarations in store/customers/entities. -->

What the store knows of customers, table by table. Every row belongs to a customer, and every customer has a key of its own in the
keyring. A field has a class of personal data, which says how it is stored, and a retention, which says how long. To add a field, declare
it in \`store/customers/entities/\` and add its column in a migration. One that is sealed needs no column
where its table has one of its class, and must be optional: rows of before do not have it.

Every row also has \`createdAt\`; rows that may change have \`updatedAt\` and \`version\`, which counts their changes. Money is in minor
units of its currency. Rows of a table that only grows are never changed or removed: a correction is a new row.

What is sealed stands in one column a class, encrypted under the customer's key and bound to its place
([decision 14](decisions/0014-the-record-is-sealed-by-class.md)). When the key is destroyed, the row is read as erased, with its open
fields alone. A tax id and a mail address are found again by keyed hashes in \`customer_marks\`, never by themselves.
`;

const STORED: Readonly<Record<DataClass, string>> = {
  N: 'in the open',
  I: 'in the open',
  C: 'sealed',
  T: 'sealed',
  F: 'sealed',
  S: 'hashed',
};

const TYPES: Readonly<Record<FieldDeclaration['type'], string>> = {
  text: 'text',
  integer: 'whole number',
  boolean: 'yes or no',
  date: 'day',
  instant: 'instant',
  json: 'JSON',
};

/** The page. */
export function customerRecordPage(): string {
  const classes = Object.entries(CLASSES).map(
    ([name, says]) => `| ${name} | ${says} | ${STORED[name as DataClass]} |`,
  );
  const retentions = Object.entries(RETENTIONS).map(([name, says]) => `| ${name} | ${says} |`);
  return [
    HEAD,
    ...['| Class | What | Stored |', '|---|---|---|', ...classes, ''],
    ...['| Kept | How long |', '|---|---|', ...retentions, ''],
    ...(ENTITIES as readonly EntityDeclaration[]).map(section),
  ].join('\n');
}

function section(declaration: EntityDeclaration): string {
  const { table, says, key, isAppendOnly, fields } = declaration;
  const columns = sealedClassesOf(declaration).map((of) => `${of} in \`${SEALED_COLUMNS[of]}\``);
  const facts = [
    `Key: ${key.map((name) => `\`${name}\``).join(', ')}.`,
    ...(isAppendOnly ? ['It only grows.'] : []),
    ...(columns.length > 0 ? [`Sealed: ${columns.join(', ')}.`] : []),
  ];
  const rows = Object.entries(fields).map(([name, field]) => row(name, field));
  return [
    `## ${table}`,
    '',
    `${says[0]?.toUpperCase()}${says.slice(1)}. ${facts.join(' ')}`,
    '',
    ...['| Field | Holds | Class | Kept | Meaning |', '|---|---|---|---|---|', ...rows, ''],
  ].join('\n');
}

function row(name: string, field: FieldDeclaration): string {
  const holds = field.oneOf ? field.oneOf.join(', ') : TYPES[field.type];
  const may = field.isOptional ? ', or nothing' : '';
  return `| \`${name}\` | ${holds}${may} | ${field.class} | ${field.keep} | ${field.says} |`;
}
