/** Elements by the names that people know. Class: pure. */

interface Named {
  readonly elementId: string;
  readonly name: string | null;
}

/** The name of an element, or its id where it has none. */
export const nameIn = (elements: readonly Named[], id: string): string =>
  elements.find(({ elementId }) => elementId === id)?.name ?? id;

/** The names of several, each once. */
export const namesIn = (elements: readonly Named[], ids: readonly string[]): string =>
  [...new Set(ids)].map((id) => nameIn(elements, id)).join(', ');
