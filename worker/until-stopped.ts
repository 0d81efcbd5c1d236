/**
 * Calls to workflows, given up once the engine stops. Only a worker can answer them, and it may be the one that stops:
 * waiting for each other they would hold up its end until it is forced, and outlive its connection. Each can be repeated
 * without harm: Temporal has those of activities tried again by the next worker, people ask again by the same id.
 * Class: side effect.
 */
import type { Client } from '@temporalio/client';

type Call = (...args: never[]) => Promise<unknown>;

/**
 * The same calls, which reject as soon as `stopping` is aborted.
 *
 * @param calls - functions that speak to Temporal by `client` alone
 */
export function untilStopped<Calls extends { readonly [K in keyof Calls]: Call }>(
  client: Client,
  stopping: AbortSignal,
  calls: Calls,
): Calls {
  const bound = Object.entries<Call>(calls).map(([name, call]) => [
    name,
    (...args: never[]) =>
      linkedTo(stopping, (own) => client.withAbortSignal(own, () => call(...args))),
  ]);
  return Object.fromEntries(bound) as Calls;
}

/**
 * Runs a call under a signal of its own: the client library leaves a listener on the signal for each request, with all that
 * was sent, for as long as the signal lives, and `stopping` lives as long as the process.
 */
async function linkedTo<T>(
  stopping: AbortSignal,
  run: (own: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  stopping.addEventListener('abort', stop);
  try {
    return await run(own.signal);
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}
