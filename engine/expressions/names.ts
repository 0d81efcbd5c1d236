/**
 * Which names an expression can see, known when it is compiled: locals live in numbered slots, so no
 * name is searched for at run time unless a filter brings the entries of its items into scope.
 * Class: pure.
 */

/** Something that a name can mean inside an expression. */
export type Binding =
  | { readonly kind: 'local'; readonly name: string; readonly slot: number }
  /** The item that a filter looks at: `item`, and its entries by their names. */
  | { readonly kind: 'filtered'; readonly slot: number };

/** The bindings around a node, innermost first, and the next free slot. */
export interface Names {
  readonly bindings: readonly Binding[];
  readonly nextSlot: number;
}

/** What a name means: the filtered items to ask first, then a local slot, or else a variable. */
export interface Meaning {
  readonly filtered: readonly number[];
  readonly slot: number | null;
}

/** No local names. */
export const NO_NAMES: Names = { bindings: [], nextSlot: 0 };

/** Adds a local name in the next slot. */
export function withLocal({ bindings, nextSlot }: Names, name: string): Names {
  return {
    bindings: [{ kind: 'local', name, slot: nextSlot }, ...bindings],
    nextSlot: nextSlot + 1,
  };
}

/** Adds the item of a filter in the next slot. */
export function withFiltered({ bindings, nextSlot }: Names): Names {
  return { bindings: [{ kind: 'filtered', slot: nextSlot }, ...bindings], nextSlot: nextSlot + 1 };
}

/** What a name means among these names. */
export function meaningOf({ bindings }: Names, name: string): Meaning {
  const filtered: number[] = [];
  for (const binding of bindings) {
    if (binding.kind === 'filtered') filtered.push(binding.slot);
    else if (binding.name === name) return { filtered, slot: binding.slot };
  }
  return { filtered, slot: null };
}
