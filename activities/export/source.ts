/**
 * What an export is made of: systems, each with data sets. A new system is one file in `sources/` and one line in its
 * index. Class: types only.
 */
import type { Json } from '../../engine/model/index.js';

/** A column of a data set: a field of each of its rows. */
export interface Column {
  readonly name: string;
  /** As of the customer record; `date` is 2026-03-02, `instant` is ISO 8601 UTC. */
  readonly type: 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'json';
  readonly says: string;
  readonly isOptional: boolean;
  readonly oneOf?: readonly string[];
  /** Class of personal data. */
  readonly class: string;
}

/** One row, by the names of its columns. */
export type Row = Readonly<Record<string, Json>>;

/** Whose data, of which moment, and what is hidden in it. */
export interface Subject {
  readonly customerId: string;
  /** Key of the customer, under which its data is sealed. */
  readonly keyId: string;
  /** ISO 8601 UTC: what came later is left out. */
  readonly cutOff: string;
  /** Names of our own people are replaced: they are third parties to the customer. */
  readonly hidesStaff: boolean;
}

/** Rows of one kind: one file of the package for each format. */
export interface Dataset {
  /** Of lower-case letters, digits and hyphens; unique in its system. */
  readonly name: string;
  readonly says: string;
  readonly columns: readonly Column[];
  /** Pages of rows in an order that is the same each time; at most one page is held. */
  readonly pages: (of: Subject) => AsyncIterable<readonly Row[]>;
}

/** A system that holds data of customers. */
export interface Source {
  readonly id: string;
  readonly datasets: readonly Dataset[];
}
