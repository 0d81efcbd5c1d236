/**
 * What becomes of what an element instance waits for: its own event, its boundary events, its event sub-processes, the arms
 * of its gateway. Class: pure.
 */

import type { EventBasedGateway } from '../../elements/event-based-gateway.js';
import type {
  ElementInstance,
  EventNode,
  ExecutableProcess,
  InstanceState,
  OpenTimer,
  Subscription,
  Trigger,
} from '../../model/index.js';
import type { Correspondence } from './correspondence.js';
import { likenessOf } from './likeness.js';

/** An event that somebody can wait for, and on whose behalf. */
export interface Place {
  readonly elementId: string;
  readonly how: 'own' | 'boundary' | 'start' | 'arm';
  readonly trigger: Trigger;
  readonly isInterrupting: boolean;
  readonly likeness: string;
}

/** A timer or subscription and the place that it has in the other version. */
export interface Carried<R = OpenTimer | Subscription> {
  readonly row: R;
  readonly place: Place;
}

/** All that becomes of what one element instance waits for. */
export interface Waits {
  /** Goes on as it is: timers with their due time, messages and signals that are written as before. */
  readonly kept: readonly Carried[];
  /** Goes on with its name and key, but interrupts where it did not, or the other way round. */
  readonly renewed: readonly Carried<Subscription>[];
  /** Messages and signals that are written otherwise: waited for anew, by a name and key computed now. */
  readonly rekeyed: readonly Carried<Subscription>[];
  /** Is waited for no more. */
  readonly closed: readonly (OpenTimer | Subscription)[];
  /** Is new, and waited for from now on. */
  readonly armed: readonly Place[];
}

/** Says what becomes of the waits of an element instance whose element is there in the other version. */
export function waitsOf(
  state: InstanceState,
  instance: ElementInstance,
  correspondence: Correspondence,
): Waits {
  const before = placesOf(correspondence.from, instance.elementId);
  const after = placesOf(correspondence.to, correspondence.idOf(instance.elementId) ?? '');
  const rows = rowsOf(state, instance);
  const kept: Carried[] = [];
  const renewed: Carried<Subscription>[] = [];
  const rekeyed: Carried<Subscription>[] = [];
  const closed: (OpenTimer | Subscription)[] = [];
  for (const row of rows) {
    const was = before.find(({ elementId }) => elementId === row.elementId);
    const place = was && successorOf(was, after, correspondence);
    if (was === undefined || place === undefined) closed.push(row);
    else if (!('kind' in row)) kept.push({ row, place });
    else if (JSON.stringify(was.trigger) !== JSON.stringify(place.trigger)) {
      rekeyed.push({ row, place });
    } else if (was.isInterrupting === place.isInterrupting) kept.push({ row, place });
    else renewed.push({ row, place });
  }
  const known = new Set(before.map((place) => successorOf(place, after, correspondence)));
  const isChoosing = rows.some((row) => before.some((place) => isArmOf(place, row)));
  const isNew = (place: Place): boolean => !known.has(place) && isDue(instance, place, isChoosing);
  return { kept, renewed, rekeyed, closed, armed: after.filter(isNew) };
}

const isArmOf = ({ how, elementId }: Place, row: { readonly elementId: string }): boolean =>
  how === 'arm' && elementId === row.elementId;

const rowsOf = (
  { timers, subscriptions }: InstanceState,
  instance: ElementInstance,
): readonly (OpenTimer | Subscription)[] => {
  const rows = [
    ...instance.timers.map((id) => timers[id]),
    ...instance.subscriptions.map((id) => subscriptions[id]),
  ];
  return rows.filter((row) => row !== undefined);
};

const WAITED_FOR: ReadonlySet<string> = new Set(['timer', 'message', 'signal']);

/** The events that instances of an element may wait for. */
const placesOf = (process: ExecutableProcess, elementId: string): readonly Place[] => {
  const { nodes, scopes } = process;
  const placeOf = (id: string, how: Place['how']): Place => {
    const node = nodes[id] as EventNode;
    const { trigger, isInterrupting } = node;
    return { elementId: id, how, trigger, isInterrupting, likeness: likenessOf(node) };
  };
  const node = nodes[elementId];
  const arms = node !== undefined && 'arms' in node ? (node as EventBasedGateway).arms : [];
  const handlers = scopes[elementId]?.eventSubProcesses ?? [];
  const places = [
    ...(node !== undefined && 'trigger' in node ? [placeOf(elementId, 'own')] : []),
    ...(node?.boundary ?? []).map((id) => placeOf(id, 'boundary')),
    ...handlers.map(({ startEventId }) => placeOf(startEventId, 'start')),
    ...arms.map((arm) => ({ ...placeOf(arm.elementId, 'arm'), ...arm })),
  ];
  return places.filter(({ trigger }) => WAITED_FOR.has(trigger.kind));
};

/** The same event at the same place of the other version. */
const successorOf = (
  { elementId, how, likeness }: Place,
  after: readonly Place[],
  correspondence: Correspondence,
): Place | undefined => {
  const id = correspondence.idOf(elementId);
  return after.find(
    (place) => place.elementId === id && place.how === how && place.likeness === likeness,
  );
};

/** Whether a new event of its element is waited for at once; what has not come so far arms it by itself. */
const isDue = (instance: ElementInstance, { how }: Place, isChoosing: boolean): boolean => {
  const { role, phase, index, isClosing, live, handlers } = instance;
  if (how === 'arm') return isChoosing;
  if (how === 'boundary') return index === null && phase !== 'entering' && phase !== 'parked';
  // A scope in which nothing runs could not be opened: a retry opens it.
  const isOpen = phase === 'active' && live + handlers > 0;
  return how === 'start' && role === 'scope' && isOpen && !isClosing;
};
