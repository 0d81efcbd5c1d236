/** What elements are called, by their ids: people know names, and the kinds of what has none. */
import { useMemo } from 'react';
import { useKindName } from '../../../parts/diagram/use-kind-name.js';

/** Name of an element of any model of the draft; of one that is of another package its id. */
export function useNames(texts: Readonly<Record<string, string>>): (elementId: string) => string {
  const kindName = useKindName();
  const found = useMemo(() => elementsIn(texts), [texts]);
  return (elementId) => {
    const one = found.get(elementId);
    if (one === undefined) return elementId;
    return one.name ?? kindName(one.type);
  };
}

interface Named {
  readonly type: string;
  readonly name: string | null;
}

/** Class: pure but for the parser of the browser. */
function elementsIn(texts: Readonly<Record<string, string>>): ReadonlyMap<string, Named> {
  const models = Object.entries(texts).filter(([path]) => path.endsWith('.bpmn'));
  return new Map(
    models.flatMap(([, text]) => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      return [...document.querySelectorAll('process, process [id]')].map((element) => {
        const name = element.getAttribute('name')?.replace(/\s+/g, ' ').trim() || null;
        return [element.id, { type: element.localName, name }] as const;
      });
    }),
  );
}
