/**
 * One reader of events for all streams of a process, while there is any. It asks the store a few times in a second: what
 * any process has committed is found, in one order, and nothing is asked while nobody listens. Class: side effect.
 */
import type { EventType, ToldEvent } from '../../contracts/events.js';
import type { EventLog, EventRow, Store, Viewer } from '../../store/index.js';
import { Problem } from '../problem.js';
import type { EventIds } from './ids.js';
import { createSight } from './sight.js';
import { beatText, type EventStream, eventText } from './stream.js';
import { toldEvents } from './told.js';

/** Between two looks. A stream of somebody who is out, or of other groups, ends with the next. */
const LOOK_MS = 250;
const BEAT_MS = 15_000;
/** Events that are handed on at a time. */
const PAGE = 500;
/** Streams of a person. */
export const MOST_STREAMS = 5;

/** Who listens, to what. */
export interface Listening {
  readonly userId: string;
  /** Of the session or token by which they came. */
  readonly tokenHash: string;
  readonly wants: (event: EventRow) => boolean;
  /** Groups of the person as they were when it opened: by them it is judged what they see. */
  readonly groups: readonly string[];
  /** As whom they look at what events of a type are about; null: they see all of it. */
  readonly viewerOf: (type: EventType) => Viewer | null;
  /** The id by which they are told of an event. */
  readonly idOf: EventIds['idOf'];
  /** Number of the last event that they have; null: they begin now; `lost`: nobody knows where they were. */
  readonly after: number | 'lost' | null;
}

/** What the reader leans on. */
export interface HubDeps {
  readonly store: Store;
  /** Milliseconds since 1970, as sessions are counted. */
  readonly now: () => number;
  readonly trouble: (error: unknown) => void;
}

/** The reader. */
export interface Hub {
  /** Lets a stream listen until its body closes. Errors: `RESOURCE_EXHAUSTED`. */
  readonly open: (listening: Listening, stream: EventStream) => Promise<void>;
  /** Ends all streams. */
  readonly close: () => void;
}

interface Open extends Listening {
  readonly stream: EventStream;
  /** Number of the last event that was looked at for it. */
  at: number;
  beatAt: number;
}

/** Makes it. */
export function createHub({ store, now, trouble }: HubDeps): Hub {
  const streams = new Set<Open>();
  /** Streams by person, with those that are about to open. */
  const counts = new Map<string, number>();
  let isLooking = false;
  let isInTrouble = false;

  const take = (userId: string): void => {
    const held = counts.get(userId) ?? 0;
    if (held >= MOST_STREAMS) throw new Problem('RESOURCE_EXHAUSTED', {}, 5);
    counts.set(userId, held + 1);
  };
  const letGo = (userId: string): void => {
    const held = (counts.get(userId) ?? 1) - 1;
    if (held > 0) counts.set(userId, held);
    else counts.delete(userId);
  };

  const endThoseOut = async (): Promise<void> => {
    // Those that open meanwhile were let in just now: they are not asked about.
    const asked = [...streams];
    const hashes = [...new Set(asked.map(({ tokenHash }) => tokenHash))];
    const live = await store.identities.liveAmong(hashes, new Date(now()).toISOString());
    for (const { tokenHash, groups, stream } of asked) {
      // Of other groups they see other things: they come again, and are judged by what they are now.
      if (!areSame(live.get(tokenHash), groups)) stream.end();
    }
  };

  /** @returns whether there is more to hand on */
  const look = async (): Promise<boolean> => {
    await endThoseOut();
    const log = await store.events.advance();
    for (const at of new Set([...streams].map((one) => one.at))) {
      const here = [...streams].filter((one) => one.at === at);
      if (at < log.last) await handOn(store, here, at, log);
    }
    beat(streams);
    return [...streams].some(({ at }) => at < log.last);
  };

  const lookOn = async (): Promise<void> => {
    if (streams.size === 0) {
      isLooking = false;
      return;
    }
    const isMore = await look().then(
      (more) => {
        isInTrouble = false;
        return more;
      },
      (error: unknown) => {
        // Told once: the store may be away for a while, and streams wait for it.
        if (!isInTrouble) trouble(error);
        isInTrouble = true;
        return false;
      },
    );
    setTimeout(() => void lookOn(), isMore ? 0 : LOOK_MS).unref();
  };

  return {
    open: async (listening, stream) => {
      const { userId, after, idOf } = listening;
      take(userId);
      stream.body.once('close', () => letGo(userId));
      try {
        const log = await store.events.advance();
        const isLost = after === 'lost' || (after !== null && isGone(after, log));
        const at = after === null || isLost ? log.last : after;
        if (isLost) stream.send(lostText(idOf(at)));
        if (stream.body.destroyed) return;
        const open: Open = { ...listening, stream, at, beatAt: performance.now() };
        streams.add(open);
        stream.body.once('close', () => streams.delete(open));
        if (!isLooking) {
          isLooking = true;
          void lookOn();
        }
      } catch (error) {
        stream.body.destroy();
        throw error;
      }
    },
    close: () => {
      for (const { stream } of streams) stream.end();
      streams.clear();
    },
  };
}

/** What comes after it is not all there any more, or it is of another life of this database. */
const isGone = (after: number, { last, gone }: EventLog): boolean => after < gone || after > last;

/** Says that events are missing: what was read before may be old. */
const lostText = (id: string): string =>
  eventText(id, { type: 'stream.reset', timestamp: new Date().toISOString(), data: {} });

async function handOn(
  store: Store,
  streams: readonly Open[],
  at: number,
  log: EventLog,
): Promise<void> {
  const rows = await store.events.after(at, PAGE);
  const wanted = rows.filter((row) => streams.some(({ wants }) => wants(row)));
  const told = await toldEvents(store, wanted);
  const last = rows.at(-1)?.number ?? log.last;
  const sees = await createSight(store, told, streams);
  for (const one of streams) {
    if (isGone(one.at, log)) one.stream.send(lostText(one.idOf(last)));
    const its = wanted.flatMap((row, index) => {
      const event = told[index] as ToldEvent;
      return one.wants(row) && sees(one, event) ? [eventText(one.idOf(row.number), event)] : [];
    });
    if (its.length > 0) one.stream.send(its.join(''));
    one.at = last;
  }
}

const areSame = (now: readonly string[] | undefined, then: readonly string[]): boolean =>
  now !== undefined && now.toSorted().join('\n') === then.toSorted().join('\n');

function beat(streams: ReadonlySet<Open>): void {
  const at = performance.now();
  for (const one of streams) {
    if (one.beatAt + BEAT_MS > at) continue;
    one.stream.send(beatText(one.idOf(one.at)));
    one.beatAt = at;
  }
}
