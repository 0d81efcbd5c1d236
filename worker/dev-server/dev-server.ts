import type { Environment, Talk } from './environment.js';
import type { TemporalBinary } from './resolve.js';

/** How to start a development server. */
export interface DevServerOptions {
  /** Folder of the database file, lock, stamp and log; null keeps everything in memory. */
  readonly dataFolder: string | null;
  /** Port of 127.0.0.1; a free one when left out. */
  readonly port?: number;
  /** Write-ahead log: 2-3 times faster, for tests and demonstrations. */
  readonly wal?: boolean;
  readonly allowDownload?: boolean;
  readonly env: Environment;
  readonly log: Talk;
  /** Binary to use; searched for when left out. */
  readonly binary?: TemporalBinary;
}

/** `restarting` lasts from the end of a server that was not asked to end until the next one is ready. */
export type DevServerState = 'ready' | 'restarting' | 'stopped';

/** A development server that is ready. */
export interface DevServer {
  readonly address: string;
  readonly namespace: string;
  readonly port: number;
  readonly serverVersion: string;
  readonly databaseFile: string | null;
  readonly logFile: string;
  readonly pid: () => number | null;
  readonly state: () => DevServerState;
  /** Resolves when the server is ready again; at once when it is. Rejects after `stop()`. */
  readonly untilReady: () => Promise<void>;
  /** Ends the server for good: SIGTERM, 10 s, SIGKILL; gives the folder free. */
  readonly stop: () => Promise<void>;
  /** For tests: SIGKILL to the server, as a crash; it is started again. */
  readonly kill: () => void;
}
