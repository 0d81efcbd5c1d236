import type { Finding } from '../errors/index.js';
import type { ParsedFlow, ParsedNode } from '../model/index.js';
import type { Level, Model } from './model.js';

/**
 * One rule of the standard or of ours, that may look at each file, level, node or flow of executable processes.
 * What it reports gets its line, and the weight of its mode, from the caller.
 */
export interface Rule {
  readonly file?: (model: Model) => readonly Finding[];
  readonly level?: (level: Level, model: Model) => readonly Finding[];
  readonly node?: (node: ParsedNode, level: Level, model: Model) => readonly Finding[];
  readonly flow?: (flow: ParsedFlow, level: Level, model: Model) => readonly Finding[];
}
