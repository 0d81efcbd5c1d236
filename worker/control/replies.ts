/** Answers given, so that the same request again is answered the same and not carried out twice. */
import type { ControlReply } from '../../contracts/control.js';

/** Answers kept of acts; the oldest goes first. */
const MOST = 1000;

/** Codes that ask for the same request again: their answer is not kept. */
export const TRY_AGAIN: readonly string[] = ['WORKER_UNAVAILABLE', 'INSTANCE_BUSY'];

/** The memory of one server. */
export interface Replies {
  /** Runs once for a key, also for two at a time; null runs always. */
  readonly once: (key: string | null, run: () => Promise<ControlReply>) => Promise<ControlReply>;
}

/** Makes it. Class: side effect (memory). */
export function createReplies(most = MOST): Replies {
  const kept = new Map<string, Promise<ControlReply>>();
  return {
    once: (key, run) => {
      if (key === null) return run();
      const known = kept.get(key);
      if (known) return known;
      const reply = run();
      kept.set(key, reply);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      const forget = (): boolean => kept.delete(key);
      reply.then((done) => !done.ok && TRY_AGAIN.includes(done.code) && forget(), forget);
      return reply;
    },
  };
}
