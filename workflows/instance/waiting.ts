/**
 * Effects that wait for the window, in order. Things of one lane go one after the other: only the first of a lane may
 * begin, and the next when it is done. Each costs the logarithm of what waits, for this runs inside workflow code.
 * Class: workflow, and pure.
 */
import type { HostEffect } from '../../contracts/decision.js';
import { createReadyList } from './ready-list.js';

/** An effect that waits, or has begun and keeps its lane until it is done. */
export interface Waiting {
  readonly effect: HostEffect;
  readonly lane: string;
  /** Counts from 0, as they came. */
  readonly order: number;
  /** What comes after it in its lane. */
  next: Waiting | null;
}

const idOf = (effect: HostEffect): string => ('id' in effect ? effect.id : '');

/** About how many bytes an effect takes. */
export const bytesOf = (effect: HostEffect): number => ('bytes' in effect ? effect.bytes : 0);

/** What goes to one correlator keeps its order: who throws a signal and then waits for it does not catch its own. */
const laneOf = (effect: HostEffect): string => {
  switch (effect.kind) {
    case 'openSubscription':
    case 'closeSubscription':
      return `${effect.of} ${effect.name} ${effect.key}`;
    case 'publishMessage':
      return `message ${effect.name} ${effect.key}`;
    case 'broadcastSignal':
      return `signal ${effect.name} `;
    default:
      return keyOf(effect.kind, idOf(effect));
  }
};

const keyOf = (kind: HostEffect['kind'], id: string): string => `${kind} ${id}`;

/** The queue before the window. */
export class WaitingEffects {
  /** A set keeps the order in which things came. */
  private readonly waiting = new Set<Waiting>();
  private readonly byKey = new Map<string, Waiting>();
  /** Lane → the last of it, waiting or under way. */
  private readonly tails = new Map<string, Waiting>();
  /** The first of each lane that nothing is under way in; calls apart, for they have a limit of their own. */
  private readonly readyCalls = createReadyList();
  private readonly readyOthers = createReadyList();
  private count = 0;
  /** About how many bytes wait. */
  bytes = 0;

  get size(): number {
    return this.waiting.size;
  }

  /** What waits, in order. */
  get effects(): readonly HostEffect[] {
    return Array.from(this.waiting, ({ effect }) => effect);
  }

  /** Puts an effect behind the others. */
  add(effect: HostEffect): void {
    const entry: Waiting = { effect, lane: laneOf(effect), order: this.count, next: null };
    this.count += 1;
    this.waiting.add(entry);
    this.bytes += bytesOf(effect);
    this.byKey.set(keyOf(effect.kind, idOf(effect)), entry);
    const before = this.tails.get(entry.lane);
    this.tails.set(entry.lane, entry);
    if (before) before.next = entry;
    else this.ready(entry);
  }

  /** Whether an effect waits. */
  has(kind: HostEffect['kind'], id: string): boolean {
    return this.byKey.has(keyOf(kind, id));
  }

  /** Takes an effect out; false when it does not wait. */
  takeBack(kind: HostEffect['kind'], id: string): boolean {
    const entry = this.byKey.get(keyOf(kind, id));
    if (entry) this.leave(entry);
    return entry !== undefined;
  }

  /** Takes the first that may begin; its lane is held until `free`. Null: none may. */
  take(mayCall: boolean): Waiting | null {
    const other = this.first(this.readyOthers);
    const call = mayCall ? this.first(this.readyCalls) : null;
    const isCall = call !== null && (other === null || call.order < other.order);
    const entry = (isCall ? this.readyCalls : this.readyOthers).pop();
    if (entry) this.leave(entry);
    return entry;
  }

  /** An effect is done: what comes after it in its lane may begin. */
  free({ lane, next }: Waiting): void {
    if (next) this.ready(next);
    else this.tails.delete(lane);
  }

  private ready(entry: Waiting): void {
    (entry.effect.kind === 'startChild' ? this.readyCalls : this.readyOthers).push(entry);
  }

  private leave(entry: Waiting): void {
    this.waiting.delete(entry);
    this.byKey.delete(keyOf(entry.effect.kind, idOf(entry.effect)));
    this.bytes -= bytesOf(entry.effect);
  }

  /** The first that still waits: what was taken back yields its lane here. */
  private first(list: ReturnType<typeof createReadyList>): Waiting | null {
    for (let entry = list.peek(); entry; entry = list.peek()) {
      if (this.waiting.has(entry)) return entry;
      list.pop();
      this.free(entry);
    }
    return null;
  }
}
