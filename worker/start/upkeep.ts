/** What a running engine sees to every hour. Class: side effect. */
import type { Store } from '../../store/index.js';
import type { Customers } from '../customers/index.js';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Statistics and space of the database are seen to every hour, which PGlite never does by itself, and imports whose
 * sender is gone are ended. @returns its end
 */
export function keepStoreFit(store: Store, customers: Customers): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // A store that is down now is tried again in an hour.
    running = Promise.all([store.maintain(), customers.endSilentImports()]).then(
      () => {},
      () => {},
    );
  }, HOUR_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
