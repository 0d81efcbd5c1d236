/** A stream of server-sent events, as a body that never waits for its reader. Source: HTML, 9.2 Server-sent events. */
import { Readable } from 'node:stream';

/** A body that is written to. */
export interface EventStream {
  readonly body: Readable;
  /** Whoever takes nothing for so long that too much waits is cut off; a client that comes again goes on where it was. */
  readonly send: (text: string) => void;
  /** Ends it now: what was not taken yet is not waited for. */
  readonly end: () => void;
}

/** Bytes that may wait for a reader. */
const MOST_WAITING = 256 * 1024;

/** Clients come again after so long. */
const RETRY_MS = 1_000;

/** Makes one; its first bytes make the answer begin. Class: side effect (memory). */
export function createStream(): EventStream {
  const body = new Readable({ read: () => {}, highWaterMark: MOST_WAITING });
  body.push(`retry: ${RETRY_MS}\n\n`);
  return {
    body,
    send: (text) => {
      if (body.destroyed) return;
      body.push(text);
      if (body.readableLength > MOST_WAITING) body.destroy();
    },
    end: () => {
      if (body.readableLength === 0) body.push(null);
      else body.destroy();
    },
  };
}

/** One event; the client sends its id when it comes again. Class: pure. */
export const eventText = (id: string, event: object): string =>
  `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;

/** Says that the stream lives, and how far it got. Class: pure. */
export const beatText = (id: string): string => `: \nid: ${id}\n\n`;
