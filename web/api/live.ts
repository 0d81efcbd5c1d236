/**
 * Live events of the server: what is read is read again when something of it changed. All tabs of a browser share one
 * stream, for a person may have five; the tab that holds the lock listens and tells the others, and when it closes another
 * takes over. Class: side effect. Source: docs/events.md; HTML, Web Locks, Broadcast Channel.
 */
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { EventType, ToldEvent } from '../../contracts/events.js';

/** An event, or that some are missing: then everything is read anew. */
export type Heard = ToldEvent | { readonly type: 'stream.reset' };

type Listener = (event: Heard) => void;

const NAME = 'jornada-live';
const listeners = new Set<Listener>();

const tell = (event: Heard): void => {
  for (const hear of listeners) hear(event);
};

/** Listens for all tabs of this browser, or waits for its turn. @returns ends it */
export function listenLive(): () => void {
  const ending = new AbortController();
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }: MessageEvent<Heard>) => tell(data);
  const hear = (event: Heard): void => {
    tell(event);
    channel.postMessage(event);
  };
  void navigator.locks
    .request(NAME, { signal: ending.signal }, () => readStream(hear, ending.signal))
    .catch(() => {
      // It was ended before its turn came.
    })
    .finally(() => channel.close());
  return () => ending.abort();
}

/** Reads until it is ended. Browsers come again by themselves after a break, and say where they were. */
function readStream(hear: (event: Heard) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const source = new EventSource('/v2/events');
    let wasOpen = false;
    source.onopen = () => {
      // Whoever took over from another tab may have missed something between.
      if (!wasOpen) hear({ type: 'stream.reset' });
      wasOpen = true;
    };
    source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Heard);
    signal.addEventListener('abort', () => {
      source.close();
      done();
    });
  });
}

/** Changes come in bursts: what is shown is read again once for each. */
const TOGETHER_MS = 250;

/**
 * Reads queries again when an event of these types comes. `keys`: the beginnings of their keys. `isOurs`: whether an event
 * touches them; left out: every event of the types does.
 */
export function useLive(
  types: readonly EventType[],
  keys: readonly QueryKey[],
  isOurs: (event: ToldEvent) => boolean = () => true,
): void {
  const queries = useQueryClient();
  const latest = useRef({ types, keys, isOurs });
  latest.current = { types, keys, isOurs };
  useEffect(() => {
    let timer: number | null = null;
    const read = (): void => {
      timer = null;
      for (const queryKey of latest.current.keys) void queries.invalidateQueries({ queryKey });
    };
    const hear: Listener = (event) => {
      const { types: wanted, isOurs: isWanted } = latest.current;
      const touches =
        event.type === 'stream.reset' || (wanted.includes(event.type) && isWanted(event));
      if (touches) timer ??= window.setTimeout(read, TOGETHER_MS);
    };
    listeners.add(hear);
    return () => {
      listeners.delete(hear);
      if (timer !== null) window.clearTimeout(timer);
    };
  }, [queries]);
}
