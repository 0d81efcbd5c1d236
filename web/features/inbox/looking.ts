/** What is looked for in the inbox, as its address tells. Class: pure. */
import type { TaskQuery } from '../../../contracts/tasks.js';

/** Views and orders that there are; the server refuses others, and an address may be typed by hand. */
export const VIEWS = ['mine', 'groups', 'unassigned', 'all', 'completed'] as const;
export const SORTS = ['breach', 'due', 'followUp', 'priority', 'created'] as const;

/** `saved`: the id of a view that somebody keeps; what stands beside it changes it here alone. */
export interface Looking {
  readonly view?: TaskQuery['view'];
  readonly text?: string;
  readonly sort?: TaskQuery['sort'];
  readonly order?: TaskQuery['order'];
  readonly group?: string;
  readonly processId?: string;
  readonly saved?: string;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | undefined =>
  known.find((one) => one === value);

/** Reads it out of an address. */
export function readLooking(search: Readonly<Record<string, unknown>>): Looking {
  const read = {
    view: oneOf(search.view, VIEWS),
    // A text of digits is read as a number.
    text: textOf(typeof search.text === 'number' ? String(search.text) : search.text),
    sort: oneOf(search.sort, [...SORTS, 'ended'] as const),
    order: oneOf(search.order, ['asc', 'desc'] as const),
    group: textOf(search.group),
    processId: textOf(search.processId),
    saved: textOf(search.saved),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** As the API is asked. */
export function queryOf({ saved: _, ...looking }: Looking): TaskQuery {
  return { view: 'mine', ...looking } as TaskQuery;
}

/** As it stands behind `?`. */
export function searchText(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
}

/** Looks for something else from now on. */
export type Look = (changes: Looking) => void;

/** A key of texts for a name: `view` and `mine` make `viewMine`. */
export const keyOf = (stem: string, name: string): string =>
  `${stem}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
