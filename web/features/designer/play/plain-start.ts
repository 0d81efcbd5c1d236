import type { PlainStart } from './starts.js';

/** The start event that nothing triggers, of the process which a play of the package is about; null: it has none. Class: pure but for the parser of the browser. */
export function plainStartIn(
  texts: Readonly<Record<string, string>>,
  packageKey: string,
): PlainStart | null {
  const models = Object.keys(texts).filter((path) => path.endsWith('.bpmn'));
  const path = models.includes('process.bpmn') ? 'process.bpmn' : models.toSorted()[0];
  const xml = new DOMParser().parseFromString(texts[path ?? ''] ?? '', 'application/xml');
  const all = [...xml.querySelectorAll('process[isExecutable="true"]')];
  const process = all.find(({ id }) => id === packageKey) ?? all[0];
  const events = [...(process?.children ?? [])].filter(
    ({ localName }) => localName === 'startEvent',
  );
  const plain = events.find(
    ({ children }) => ![...children].some(({ localName }) => localName.endsWith('EventDefinition')),
  );
  if (!plain) return null;
  const formId = plain.querySelector('formDefinition')?.getAttribute('formId') ?? null;
  return { elementId: plain.id, formId };
}
