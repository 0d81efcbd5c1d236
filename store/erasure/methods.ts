/**
 * What erasing a customer means for each table of the record, by what its fields declare: a new table needs nothing
 * here. Class: pure.
 */
import { type EntityDeclaration, fieldsOf } from '../customers/declaration.js';
import { CUSTOMER, ENTITIES } from '../customers/entities/index.js';

/**
 * `delete`: the row goes. `strip`: what is personal goes, ids and states stay as a pseudonym. `retain`: its financial
 * part stays for as long as the law says, the rest goes. `keep`: it holds nothing personal.
 */
export type TableMethod = 'delete' | 'strip' | 'retain' | 'keep';

/** How a table is erased. Class: pure. */
export function methodOf(declaration: EntityDeclaration): TableMethod {
  if (declaration.table === CUSTOMER.table) return 'strip';
  if (fieldsOf(declaration, 'F').length > 0) return 'retain';
  const fields = Object.values(declaration.fields);
  if (fields.some((one) => one.class === 'I' && one.keep === 'erasure')) return 'delete';
  const isPersonal = fields.some((one) => ['C', 'T', 'S'].includes(one.class));
  return isPersonal ? 'strip' : 'keep';
}

/** The tables in which something is erased; the customer comes last, for the others refer to it. Class: pure. */
export function erasableTables(): readonly EntityDeclaration[] {
  const all = ENTITIES as readonly EntityDeclaration[];
  const others = all.filter((one) => one !== CUSTOMER && methodOf(one) !== 'keep');
  return [...others, CUSTOMER];
}

/** What stands in the open fields of a customer that was erased. Class: pure. */
export const NOBODY = {
  country: 'ZZ',
  tz: 'UTC',
  locale: 'und',
  stage: null,
  touch: null,
  maturity: null,
  isStrategic: false,
  healthScore: null,
  since: '1970-01-01',
  state: 'gone',
} as const;
