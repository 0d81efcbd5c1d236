/** Places of sealed values, each of which has a text of its own. Class: pure. */
import type { Place } from './index.js';

/** A column of a row. */
export function columnPlace(
  table: string,
  key: readonly (string | number)[],
  column: string,
): Place {
  return [table, ...key, column];
}

/** The data of an entry of a journal. */
export function journalPlace(instanceId: string, sequence: number): Place {
  return columnPlace('journal', [instanceId, sequence], 'data');
}
