/** The history of an instance that people name. Class: side effect. */
import { readHistoryOf } from '../../history/index.js';
import type { Operation } from './parts.js';
import { findInstance } from './references.js';

/** Reads all of it. */
export const readHistory: Operation<'history'> = async ({ store, registry }, { key }) =>
  readHistoryOf({ store, registry }, await findInstance(store, key));
