/**
 * Where the timer's editor stands in the properties panel. The panel is drawn by Preact and the page by React: an entry of the
 * panel gives a place, in which the page draws, so that both are what they are everywhere else.
 */
import { h } from '@bpmn-io/properties-panel/preact';
import { useEffect, useRef } from '@bpmn-io/properties-panel/preact/hooks';

/** The place, and the element whose timer it shows. */
export interface TimerPlace {
  readonly node: HTMLElement;
  readonly elementId: string;
}

/** Tells where the editor stands; null: no timer is selected. */
export interface TimerPlaces {
  readonly now: () => TimerPlace | null;
  /** @returns stops hearing */
  readonly subscribe: (hear: () => void) => () => void;
  /** Given to the modeler. */
  readonly module: object;
}

interface Panel {
  readonly registerProvider: (priority: number, provider: object) => void;
}
interface Group {
  readonly id: string;
  readonly entries?: readonly object[];
}
interface Shape {
  readonly id: string;
}

/** After those that make the groups: a lower number is asked later. */
const AFTER_OTHERS = 400;

/** Makes one for a modeler. */
export function createTimerPlaces(): TimerPlaces {
  let place: TimerPlace | null = null;
  const hearers = new Set<() => void>();
  const show = (next: TimerPlace | null): void => {
    place = next;
    for (const hear of hearers) hear();
  };
  function Place({ element: { id: elementId } }: { readonly element: Shape }): unknown {
    const ref = useRef<HTMLDivElement>(null);
    useEffect(() => {
      const node = ref.current;
      if (node) show({ node, elementId });
      return () => {
        if (place?.node === node) show(null);
      };
    }, [elementId]);
    return h('div', { ref, class: 'bio-properties-panel-entry' });
  }
  function TimerProvider(panel: Panel): void {
    const getGroups = (element: Shape) => (groups: readonly (Group | null)[]) =>
      groups.map((group) =>
        group?.id === 'timer'
          ? {
              ...group,
              entries: [
                { id: 'timer-in-words', element, component: Place },
                ...(group.entries ?? []),
              ],
            }
          : group,
      );
    panel.registerProvider(AFTER_OTHERS, { getGroups });
  }
  TimerProvider.$inject = ['propertiesPanel'];
  return {
    now: () => place,
    subscribe: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    module: { __init__: ['timerProvider'], timerProvider: ['type', TimerProvider] },
  };
}
