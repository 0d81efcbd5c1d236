/** What a block builder is: it makes blocks in which its element occurs, and draws those of its own kind. */
import fc from 'fast-check';
import type { Ends, LevelDrawing } from '../drawing.js';
import type {
  Block,
  BlockKind,
  BlockOf,
  Boundary,
  Condition,
  Handler,
  Level,
  Multi,
} from '../model.js';

/** Parts of blocks, one level of nesting deeper. */
export interface Parts {
  readonly blocks: fc.Arbitrary<readonly Block[]>;
  readonly level: fc.Arbitrary<Level>;
  readonly handler: fc.Arbitrary<Handler>;
  readonly boundary: fc.Arbitrary<Boundary>;
  readonly boundaries: fc.Arbitrary<readonly Boundary[]>;
}

/** Makes random blocks. `depth` 0 asks for blocks without inner blocks. */
export interface BlockBuilder {
  /** Whether blocks of this builder hold other blocks. */
  readonly isNested: boolean;
  readonly make: (parts: Parts) => fc.Arbitrary<Block>;
}

/** Draws the parts of a block. */
export interface Pen {
  readonly level: LevelDrawing;
  /** Blocks one after the other; null for none. */
  readonly sequence: (level: LevelDrawing, blocks: readonly Block[]) => Ends | null;
  /** The content of a sub-process, as XML; null for an empty plain level. */
  readonly content: (id: string, level: Level, isLoop?: number) => string;
  /** The boundary events of an activity: returns where the token goes on. */
  readonly boundaries: (host: Ends, boundaries: readonly Boundary[]) => Ends;
}

export type Draw<K extends BlockKind> = (block: BlockOf<K>, pen: Pen) => Ends;

export const condition: fc.Arbitrary<Condition> = fc.record({
  flag: fc.constantFrom<Condition['flag']>(0, 1, 2, 3),
  isNegated: fc.boolean(),
});

export const multi: fc.Arbitrary<Multi | null> = fc.option(
  fc.record({
    isSequential: fc.boolean(),
    by: fc.constantFrom<Multi['by']>('collection', 'cardinality'),
    size: fc.constantFrom<Multi['size']>(2, 3, 1, 0),
    hasOutput: fc.boolean(),
    enough: fc.option(fc.constantFrom(1, 2), { freq: 3 }),
  }),
  { freq: 3 },
);

export const code = fc.constantFrom('E1' as const, 'E2' as const);
export const wait = fc.constantFrom('message' as const, 'timer' as const, 'signal' as const);
/** Ids are given when the model is complete. */
export const id = fc.constant('');
