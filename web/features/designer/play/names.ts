/** What elements are called, by their ids: people know names, and the kinds of what has none. */
import { useMemo } from 'react';
import { useKindName } from '../../../parts/diagram/use-kind-name.js';

/** Names of elements of all models of the draft; what is of another package has its id. */
export interface Names {
  readonly nameOf: (elementId: string) => string;
  /** Whether it has a name of its own. */
  readonly isNamed: (elementId: string) => boolean;
}

/** Reads them. */
export function useNames(texts: Readonly<Record<string, string>>): Names {
  const kindName = useKindName();
  const found = useMemo(() => elementsIn(texts), [texts]);
  return {
    nameOf: (elementId) => {
      const one = found.get(elementId);
      return one === undefined ? elementId : (one.name ?? kindName(one.type));
    },
    isNamed: (elementId) => found.get(elementId)?.name !== null,
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
