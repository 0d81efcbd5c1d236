/** Where an element of a file of decisions is shown: in the table of which decision, at which cell. */

/** The decision that holds an element, or is it; null: it is not there. Class: pure but for the parser of the browser. */
export function decisionOf(xml: string, elementId: string): string | null {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const all = [...document.querySelectorAll('[id]')];
  const found = all.find((one) => one.getAttribute('id') === elementId);
  return found?.closest('decision')?.getAttribute('id') ?? null;
}

/** Brings a rule, a cell or a column of the table that is shown into view, and marks it until something else is. */
export function showCell(place: HTMLElement, elementId: string): boolean {
  const own = `[data-element-id="${CSS.escape(elementId)}"]`;
  const cells = [
    ...place.querySelectorAll<HTMLElement>(`${own}, [data-col-id="${CSS.escape(elementId)}"]`),
  ];
  const [first] = cells;
  if (!first) return false;
  // A rule has no cell of its own but its number; all of its row is meant.
  const row = first.classList.contains('rule-index') ? first.closest('tr') : null;
  for (const marked of place.querySelectorAll('.designer-looked-at')) {
    marked.classList.remove('designer-looked-at');
  }
  (row ?? first).classList.add('designer-looked-at');
  first.scrollIntoView({ block: 'center', inline: 'nearest' });
  return true;
}
