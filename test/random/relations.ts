/** Changes of a model that must not change what it does: blocks keep their ids, new ones begin with `x_`. */
import type { Block, Level, Model } from './model.js';

type OnLevel = (blocks: readonly Block[], level: Level) => readonly Block[];
type OnBlock = (block: Block) => Block;

/** Rewrites a tree bottom up: each block, then the blocks of each sequence. */
class Rewriter {
  constructor(
    private readonly onBlock: OnBlock,
    private readonly onSequence: OnLevel,
  ) {}

  level(level: Level): Level {
    const handlers = level.handlers.map((one) => ({ ...one, level: this.level(one.level) }));
    return { ...level, handlers, blocks: this.sequence(level.blocks, level) };
  }

  private sequence(blocks: readonly Block[], level: Level): readonly Block[] {
    return this.onSequence(
      blocks.map((block) => this.onBlock(this.inside(block, level))),
      level,
    );
  }

  private inside(block: Block, level: Level): Block {
    const changed = { ...block } as Record<string, unknown>;
    if ('boundaries' in block) {
      changed.boundaries = block.boundaries.map((one) => ({
        ...one,
        blocks: this.sequence(one.blocks, level),
      }));
    }
    if ('branches' in block) {
      changed.branches = block.branches.map((one) => ({
        ...one,
        blocks: this.sequence(one.blocks, level),
      }));
    }
    if ('arms' in block) {
      changed.arms = block.arms.map((one) => ({
        ...one,
        blocks: this.sequence(one.blocks, level),
      }));
    }
    if ('level' in block) changed.level = this.level(block.level);
    return changed as unknown as Block;
  }
}

const rewrite = (model: Model, onBlock: OnBlock, onSequence: OnLevel): Model => ({
  ...model,
  level: new Rewriter(onBlock, onSequence).level(model.level),
});

const same = <T>(value: T): T => value;

/** Puts something between each two blocks. */
const between =
  (make: (id: string) => Block): OnLevel =>
  (blocks) =>
    blocks.flatMap((block, i) => (i === 0 ? [block] : [make(`x_${block.id}`), block]));

const thrown =
  (trigger: 'none' | 'link') =>
  (id: string): Block => ({ kind: 'intermediateThrowEvent', id, trigger, code: 'E1' });

/** Blocks whose ends would mean another level. */
const endsLevel = (block: Block): boolean => JSON.stringify(block).includes('"endEvent"');

const wrapped = (block: Block): Block =>
  endsLevel(block)
    ? block
    : {
        kind: 'subProcess',
        id: `x_${block.id}`,
        boundaries: [],
        multi: null,
        hasLocal: false,
        level: { handlers: [], blocks: [block], isPlain: false },
      };

/** A local of a sub-process hides results of its own tasks only: wrapped ones would not be hidden. */
const withoutLocal: OnBlock = (block) =>
  block.kind === 'subProcess' ? { ...block, hasLocal: false } : block;

const counted: OnBlock = (block) =>
  'multi' in block && block.multi !== null
    ? { ...block, multi: { ...block.multi, by: 'cardinality' } }
    : block;

const embedded: OnBlock = (block) => {
  if (block.kind !== 'callActivity') return block;
  const { isClosed: _isClosed, ...rest } = block;
  return { ...rest, kind: 'subProcess', hasLocal: false };
};

const open: OnBlock = (block) =>
  block.kind === 'callActivity' ? { ...block, isClosed: false } : block;

/** Pairs of models that must do the same. `isFor`: where a relation holds. */
export const RELATIONS: Readonly<
  Record<
    string,
    {
      readonly isFor: (model: Model) => boolean;
      readonly left: (model: Model) => Model;
      readonly right: (model: Model) => Model;
    }
  >
> = {
  'a none event between blocks': {
    isFor: () => true,
    left: same,
    right: (model) => rewrite(model, same, between(thrown('none'))),
  },
  'a link pair between blocks': {
    isFor: () => true,
    left: same,
    right: (model) => rewrite(model, same, between(thrown('link'))),
  },
  'each block in a sub-process': {
    isFor: () => true,
    left: (model) => rewrite(model, withoutLocal, same),
    right: (model) => rewrite(model, (block) => wrapped(withoutLocal(block)), same),
  },
  'a collection as a cardinality': {
    isFor: () => true,
    left: same,
    right: (model) => rewrite(model, counted, same),
  },
  // What ends a call loses what the called process wrote.
  'a call as a sub-process': {
    isFor: (model) =>
      text(model).includes('"callActivity"') &&
      !/"trigger":"(error|escalation|terminate)"|"isFired":true/.test(text(model)),
    left: (model) => rewrite(model, open, same),
    right: (model) => rewrite(model, embedded, same),
  },
};

const text = (model: Model): string => JSON.stringify(model);
