/** Keys of Camunda's API: numbers for what goes by a text here. Class: side effect (store). */
import type { Store } from '../../store/index.js';
import { Problem } from '../problem.js';

/** What has a key, and how its id is put together here. */
export type KeyKind =
  /** `<process id>/<version>` */
  | 'processDefinition'
  | 'processInstance'
  /** `<instance id>/<element instance id>`; that of the process itself is the key of the instance. */
  | 'elementInstance'
  /** `<instance id>/<task id>` */
  | 'userTask'
  | 'incident'
  | 'messageSubscription'
  /** `<instance id>/<scope id>/<name>` */
  | 'variable'
  /** `<package hash>/<id>` */
  | 'form'
  | 'decision'
  /** A decision with all that it requires. */
  | 'requirements'
  /** `<package hash>` */
  | 'deployment'
  | 'batchOperation'
  /** Its number in the audit. */
  | 'auditLog'
  /** The id of the request that evaluated. */
  | 'decisionEvaluation'
  /** The id of the request that published or broadcast. */
  | 'message'
  | 'signal';

type Named = readonly [kind: KeyKind, id: string];

/** Looks a key up that was asked for before. */
export type KeyOf = (kind: KeyKind, id: string) => string;

/** Keys of all these, in one trip to the store. */
export async function keysFor(
  { publicKeys }: Pick<Store, 'publicKeys'>,
  named: readonly Named[],
): Promise<KeyOf> {
  const keys = await publicKeys.keysOf(named.map(([kind, id]) => ({ kind, id })));
  const found = new Map(named.map(([kind, id], index) => [`${kind} ${id}`, keys[index] ?? '']));
  return (kind, id) => found.get(`${kind} ${id}`) ?? '';
}

/**
 * Rows as the wire has them, with all their keys in one trip to the store: `shape` runs once to tell which keys it asks for, and
 * again when they were read. So it is pure, and a key that is shown cannot be one that nobody read.
 */
export async function keyed<Row, Shaped>(
  store: Pick<Store, 'publicKeys'>,
  rows: readonly Row[],
  shape: (row: Row, keyOf: KeyOf) => Shaped,
): Promise<Shaped[]> {
  const named: Named[] = [];
  const note: KeyOf = (kind, id) => {
    named.push([kind, id]);
    return '';
  };
  for (const row of rows) shape(row, note);
  const keyOf = await keysFor(store, named);
  return rows.map((row) => shape(row, keyOf));
}

/** Ids of keys; what is of no key is null. */
export function idsOf(
  { publicKeys }: Store,
  kind: KeyKind,
  keys: readonly string[],
): Promise<readonly (string | null)[]> {
  return publicKeys.idsOf(kind, keys);
}

/** The id behind a key of the address. Errors: `NOT_FOUND`. */
export async function idOfKey(store: Store, kind: KeyKind, key: string): Promise<string> {
  const [id] = await idsOf(store, kind, [key]);
  if (id === null || id === undefined) throw new Problem('NOT_FOUND');
  return id;
}

/** The two parts of an id of something that belongs to an instance. Class: pure. */
export function partsOf(id: string): { readonly instanceId: string; readonly rest: string } {
  const at = id.indexOf('/');
  return { instanceId: id.slice(0, at), rest: id.slice(at + 1) };
}

/** The element instance of a process itself is the first of its instance. Class: pure. */
export const rootOf = (processId: string): string => `${processId}:1`;
