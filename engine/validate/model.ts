/** The tree with what rules look up: levels, tables by id, the order of the document. Types only. */
import type { ParsedDefinitions, ParsedFlow, ParsedNode, ParsedProcess } from '../model/index.js';

/** How a file is judged. */
export interface ValidationOptions {
  /** `compat` lets pass with a warning what `strict` refuses by severity `strict`. */
  readonly mode: 'strict' | 'compat';
  /** Ids of the processes known besides this file; absent: unknown, and calls are not judged by it. */
  readonly deployed?: readonly string[];
}

/** What holds a level. */
export type LevelKind = 'process' | 'subProcess' | 'eventSubProcess' | 'adHocSubProcess';

/** The direct content of an executable process or of a sub-process in it. */
export interface Level {
  readonly kind: LevelKind;
  /** Of the process or sub-process. */
  readonly id: string;
  readonly process: ParsedProcess;
  /** The sub-process; null on the level of the process. */
  readonly container: ParsedNode | null;
  readonly parent: Level | null;
  readonly nodes: readonly ParsedNode[];
  readonly flows: readonly ParsedFlow[];
  readonly starts: readonly ParsedNode[];
  readonly ends: readonly ParsedNode[];
  /** Boundary events of this level by the id of their host. */
  readonly boundary: ReadonlyMap<string, readonly ParsedNode[]>;
}

/** Where an element stands in the file: `position` counts through the tree. */
export interface Place {
  readonly line: number | null;
  readonly position: number;
}

/** A file to be judged. Tables hold executable processes alone. */
export interface Model {
  readonly definitions: ParsedDefinitions;
  readonly options: ValidationOptions;
  /** Outer levels before inner ones, in document order. */
  readonly levels: readonly Level[];
  readonly nodes: ReadonlyMap<string, ParsedNode>;
  readonly flows: ReadonlyMap<string, ParsedFlow>;
  /** The level of each node. */
  readonly levelOf: ReadonlyMap<string, Level>;
  /** Processes, nodes, flows and lanes. */
  readonly places: ReadonlyMap<string, Place>;
}
