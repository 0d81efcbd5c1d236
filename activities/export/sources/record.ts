/**
 * The customer record: every thing that is declared there, field by field by its class. Class S (secrets) never leaves;
 * class N (configuration) says nothing about the customer. What was erased comes without what was sealed.
 */
import type { Json } from '../../../engine/model/index.js';
import {
  type CustomerRecord,
  type DataClass,
  ENTITIES,
  type EntityDeclaration,
} from '../../../store/index.js';
import type { Column, Dataset, Row, Source } from '../source.js';

const LEFT_OUT: readonly DataClass[] = ['N', 'S'];

/** Makes the source. */
export function recordSource(record: Pick<CustomerRecord, 'pages'>): Source {
  // What belongs to no customer, such as a list of addresses that are never written to, is nobody's to fetch.
  const own = ENTITIES.filter(({ fields }) => Object.hasOwn(fields, 'customerId'));
  return { id: 'record', datasets: own.map((entity) => datasetOf(record, entity)) };
}

function datasetOf(record: Pick<CustomerRecord, 'pages'>, declaration: EntityDeclaration): Dataset {
  const columns = columnsOf(declaration);
  return {
    name: declaration.table.replaceAll('_', '-'),
    says: declaration.says,
    columns,
    pages: async function* ({ customerId, keyId, cutOff }) {
      for await (const page of record.pages(declaration, { customerId, keyId, until: cutOff })) {
        yield page.map((row) => rowOf(columns, row as unknown as Row));
      }
    },
  };
}

function rowOf(columns: readonly Column[], row: Row): Row {
  return Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null] as [string, Json]));
}

/** The fields that leave, and what the store wrote itself. A field that was sealed may be gone. Class: pure. */
export function columnsOf({ fields, isAppendOnly }: EntityDeclaration): readonly Column[] {
  const own = Object.entries(fields).flatMap(([name, field]): readonly Column[] => {
    if (LEFT_OUT.includes(field.class)) return [];
    const { type, says, oneOf } = field;
    const isOptional = field.isOptional === true || field.class !== 'I';
    return [{ name, type, says, isOptional, class: field.class, ...(oneOf && { oneOf }) }];
  });
  const written: Column[] = [{ ...COUNTED, name: 'createdAt', says: 'when the row was made' }];
  if (!isAppendOnly) {
    written.push(
      { ...COUNTED, name: 'updatedAt', says: 'when it was changed last' },
      { ...COUNTED, name: 'version', type: 'integer', says: 'changes so far, from 1' },
    );
  }
  const erased = { ...COUNTED, name: 'isErased', type: 'boolean' as const };
  return [
    ...own,
    ...written,
    { ...erased, says: 'its personal part was erased: those fields are empty' },
  ];
}

const COUNTED = { type: 'instant' as const, isOptional: false, class: 'I' };
