/** How signals end a command that stays up. Class: side effect (hears signals of the process, may end it). */
import { constants } from 'node:os';
import process from 'node:process';
import type { Environment } from './environment.js';

/** What a command that stays up is ended by. */
export interface Ending {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Resolves with the first signal. */
  readonly asked: Promise<void>;
  /** 128 + the number of that signal; 0 before. */
  readonly exitCode: () => number;
  /** Hears no more. */
  readonly stop: () => void;
}

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal to a group of processes comes twice when an npm in it hands it on: what comes so soon is the same one. */
const ECHO_MS = 1000;
const WATCH_MS = 500;

/**
 * Listens: the first signal asks for an end in order, a later one ends the process at once.
 *
 * @param onFirst - what to do at once, such as to say so
 */
export function listenForSignals(
  environment: Environment,
  onFirst: (name: NodeJS.Signals) => void,
): Ending {
  const aborting = new AbortController();
  const { signal } = aborting;
  const asked = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  let code = 0;
  let heardAt = 0;
  const hear = (name: NodeJS.Signals): void => {
    if (code !== 0) {
      if (performance.now() - heardAt > ECHO_MS) process.exit(code);
      return;
    }
    code = 128 + (constants.signals[name] ?? 0);
    heardAt = performance.now();
    onFirst(name);
    aborting.abort();
  };
  for (const name of NAMES) process.on(name, hear);
  const unwatch = watchParent(environment, () => hear('SIGTERM'));
  const stop = (): void => {
    unwatch();
    for (const name of NAMES) process.off(name, hear);
  };
  return { signal, asked, stop, exitCode: () => code };
}

/** npx runs us below a shell that hands no SIGTERM on: that it has gone is all that we hear of one. */
function watchParent({ npm_lifecycle_event }: Environment, onGone: () => void): () => void {
  if (npm_lifecycle_event !== 'npx') return () => {};
  const parent = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    onGone();
  }, WATCH_MS).unref();
  return () => clearInterval(watching);
}
