/**
 * How a thing of the customer record is declared: its fields, and of each field what it holds, which class of personal
 * data that is, and how long it is kept. Tables, encryption and documentation are made of the declarations.
 * Class: pure.
 */

/** Classes of personal data; `docs/customer-record.md` says what follows from each. */
export type DataClass = 'N' | 'I' | 'C' | 'T' | 'F' | 'S';

/** Classes whose fields are sealed under the key of their customer, and the column that holds those of a row. */
export const SEALED_COLUMNS = {
  C: 'sealedContact',
  T: 'sealedText',
  F: 'sealedFinance',
} as const satisfies Partial<Record<DataClass, string>>;

/** A class that is sealed. */
export type SealedClass = keyof typeof SEALED_COLUMNS;

/** What a class is. */
export const CLASSES: Readonly<Record<DataClass, string>> = {
  N: 'configuration and aggregates',
  I: 'random ids, states, counts, instants',
  C: 'contact data of persons',
  T: 'free text, messages, files',
  F: 'financial records that the law has kept',
  S: 'secrets and tokens, never but hashed',
};

/** How long a field is kept. */
export const RETENTIONS = {
  pseudonym: 'for good: it tells nothing about a person once the rest is gone',
  erasure: 'until the customer is erased',
  statutory: 'for the term that the law sets for books, also when the customer is erased before',
  use: 'until it is used or revoked',
} as const;

/** Name of a retention. */
export type Retention = keyof typeof RETENTIONS;

/** What a field holds. `integer` of money is in minor units; `date` is a LocalDate; `instant` is ISO 8601 UTC. */
export type FieldType = 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'json';

interface Shape {
  readonly type: FieldType;
  /** The texts that there are. */
  readonly oneOf?: readonly string[];
  /** It may be null. */
  readonly isOptional?: true;
  /** Meaning and unit. */
  readonly says: string;
}

/** A field. Only these classes and retentions go together; one without them does not compile. */
export type FieldDeclaration = Shape &
  (
    | { readonly class: 'N'; readonly keep: 'pseudonym' }
    | { readonly class: 'I'; readonly keep: 'pseudonym' | 'erasure' | 'statutory' }
    | { readonly class: 'C' | 'T'; readonly keep: 'erasure' }
    | { readonly class: 'F'; readonly keep: 'statutory' }
    | { readonly class: 'S'; readonly keep: 'use' }
  );

/** A thing of the record, and its table. */
export interface EntityDeclaration {
  /** Name of the table. */
  readonly table: string;
  readonly says: string;
  /** Fields that together are unique; ids, so that they may stand in the open. */
  readonly key: readonly string[];
  /** The database refuses to change or remove a row: a correction is a new row. */
  readonly isAppendOnly: boolean;
  readonly fields: Readonly<Record<string, FieldDeclaration>>;
}

type Known<E extends EntityDeclaration> = E & { readonly key: readonly (keyof E['fields'])[] };

/** Declares a thing. */
export function entity<const E extends EntityDeclaration>(declaration: Known<E>): E {
  return declaration;
}

/** Anything that JSON can say. */
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [k: string]: Plain };

interface Values {
  readonly text: string;
  readonly integer: number;
  readonly boolean: boolean;
  readonly date: string;
  readonly instant: string;
  readonly json: Plain;
}

type ValueOf<F extends FieldDeclaration> =
  | (F extends { readonly oneOf: readonly (infer One)[] } ? One : Values[F['type']])
  | (F extends { readonly isOptional: true } ? null : never);

/** A row with all its fields. */
export type RowOf<E extends EntityDeclaration> = {
  readonly [Name in keyof E['fields']]: ValueOf<E['fields'][Name]>;
};

type NamesOf<E extends EntityDeclaration, C extends DataClass> = {
  [Name in keyof E['fields']]: E['fields'][Name]['class'] extends C ? Name : never;
}[keyof E['fields']];

/** What is left of a row when its key is destroyed. */
export type OpenPartOf<E extends EntityDeclaration> = Omit<RowOf<E>, NamesOf<E, SealedClass>>;

/** What the store itself writes into each row. `version` counts the changes of a row from 1. */
export type Written<E extends EntityDeclaration> = E['isAppendOnly'] extends true
  ? { readonly createdAt: string }
  : { readonly createdAt: string; readonly updatedAt: string; readonly version: number };

/** A row as it is read. `isErased`: its key was destroyed, and with it what was sealed. */
export type ReadRow<E extends EntityDeclaration> = Written<E> &
  (({ readonly isErased: false } & RowOf<E>) | ({ readonly isErased: true } & OpenPartOf<E>));

/** Names of the fields of a class, in their order. Class: pure. */
export function fieldsOf({ fields }: EntityDeclaration, of: DataClass): readonly string[] {
  return Object.keys(fields).filter((name) => fields[name]?.class === of);
}

/** The sealed classes that a thing has. Class: pure. */
export function sealedClassesOf(declaration: EntityDeclaration): readonly SealedClass[] {
  const classes = Object.keys(SEALED_COLUMNS) as SealedClass[];
  return classes.filter((one) => fieldsOf(declaration, one).length > 0);
}

/** Whether fields of a class stand in the table as they are. Class: pure. */
export function isOpen(of: DataClass): boolean {
  return !Object.hasOwn(SEALED_COLUMNS, of);
}
