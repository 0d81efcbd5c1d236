/** What the routes lean on. */
import type { LinkRefusal } from '../store/registry/index.js';

/** A package that may be fetched. */
export interface Download {
  /** For the name of the file. */
  readonly exportId: string;
  readonly bytes: number;
  readonly plain: AsyncIterable<Uint8Array>;
}

/** What the app does; each takes the token of a link. */
export interface AppDeps {
  /** Uses an access link up, and lets the process know. @returns whether there was one */
  readonly useAccess: (token: string) => Promise<boolean>;
  /** Takes one download of a link, and writes down who took it. */
  readonly openExport: (token: string, address: string) => Promise<Download | LinkRefusal>;
}

/** Until the engine runs there is nothing to lean on. */
export interface AppState {
  deps: AppDeps | null;
}
