/** Random models: a tree of blocks to a depth of nesting, then made sound and given ids. */
import fc from 'fast-check';
import type { NodeKind } from '../../engine/elements/index.js';
import { BLOCKS, type BlockBuilder, code, type Parts, wait } from './blocks/index.js';
import type { Block, Boundary, Condition, Handler, Level, Model } from './model.js';
import { settle } from './settle.js';

const DEPTH = 3;

const catches = {
  id: fc.constant(''),
  trigger: fc.oneof(
    wait,
    fc.constant<'error' | 'escalation'>('error'),
    fc.constant<'error' | 'escalation'>('escalation'),
  ),
  code: fc.option(code, { freq: 3 }),
  isInterrupting: fc.boolean(),
  isFired: fc.boolean(),
  isMapped: fc.boolean(),
};

const parts = new Map<number, Parts>();

const partsAt = (depth: number): Parts => {
  const known = parts.get(depth);
  if (known !== undefined) return known;
  const blocks: fc.Arbitrary<readonly Block[]> =
    depth < 0 ? fc.constant([]) : fc.array(blockAt(depth - 1), { maxLength: 2, size: 'max' });
  const beside = depth < 1 ? fc.constant([]) : fc.array(blockAt(depth - 2), { maxLength: 2 });
  const boundary: fc.Arbitrary<Boundary> = fc.record({ ...catches, blocks: beside });
  const levelWith = (handlers: fc.Arbitrary<readonly Handler[]>): fc.Arbitrary<Level> =>
    fc.record({ handlers, blocks, isPlain: fc.boolean() });
  const level = { handlers: fc.constant([]), blocks: beside, isPlain: fc.constant(false) };
  const handler: fc.Arbitrary<Handler> = fc.record({ ...catches, level: fc.record(level) });
  const made: Parts = {
    blocks,
    level: levelWith(fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.tuple(handler))),
    handler,
    boundary,
    boundaries:
      depth < 0
        ? fc.constant([])
        : fc.oneof(
            { weight: 3, arbitrary: fc.constant([]) },
            { weight: 2, arbitrary: fc.array(boundary, { minLength: 1, maxLength: 2 }) },
          ),
  };
  parts.set(depth, made);
  return made;
};

const blockAt = (depth: number): fc.Arbitrary<Block> => {
  const all: readonly BlockBuilder[] = Object.values(BLOCKS);
  const usable = all.filter(({ isNested }) => depth > 0 || !isNested);
  return fc.oneof(
    ...usable.map((builder) => ({
      weight: builder === BLOCKS.endEvent ? 1 : 3,
      arbitrary: builder.make(partsAt(depth)),
    })),
  );
};

const modelOf = (blocks: fc.Arbitrary<readonly Block[]>): fc.Arbitrary<Model> =>
  fc
    .record({
      id: fc.constant('random'),
      level: fc.record({
        handlers: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.tuple(partsAt(1).handler)),
        blocks,
        isPlain: fc.constant(false),
      }),
      start: fc.constantFrom<Model['start']>('none', 'none', 'none', 'message', 'timer', 'signal'),
      flags: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
      numbers: fc.tuple(fc.integer({ min: -3, max: 9 }), fc.integer({ min: 0, max: 5 })),
    })
    .map(settle);

/** Block-structured models over every element, nested up to four deep. */
export const model = (): fc.Arbitrary<Model> =>
  modelOf(fc.array(blockAt(DEPTH), { minLength: 2, maxLength: 5, size: 'max' }));

/** Models in which one element certainly occurs. */
export const modelWith = (kind: NodeKind): fc.Arbitrary<Model> =>
  modelOf(fc.tuple(BLOCKS[kind].make(partsAt(2)), blockAt(1)));

/** Holds for the flags that shrinking ends with, too. */
const ALWAYS: Condition = { flag: 0, isNegated: true };

const thrown = fc.constantFrom<'error' | 'escalation'>('error', 'escalation');

/** Models of throws alone: several who catch around each, exact codes and catch-alls, on several levels. */
export const throwingModel = (): fc.Arbitrary<Model> => {
  const caught = { ...catches, trigger: thrown, code: fc.option(code, { freq: 2 }) };
  const boundary: fc.Arbitrary<Boundary> = fc.record({
    ...caught,
    blocks: fc.array(blockAt(-1), { maxLength: 1 }),
  });
  const handler: fc.Arbitrary<Handler> = fc.record({
    ...caught,
    level: fc.record({
      handlers: fc.constant([]),
      blocks: fc.array(fc.oneof(blockAt(-1), BLOCKS.endEvent.make(partsAt(0))), { maxLength: 2 }),
      isPlain: fc.constant(false),
    }),
  });
  const around = (content: fc.Arbitrary<Block>): fc.Arbitrary<Block> =>
    fc.record({
      kind: fc.constant('subProcess'),
      id: fc.constant(''),
      multi: fc.constant(null),
      hasLocal: fc.boolean(),
      boundaries: fc.array(boundary, { minLength: 1, maxLength: 3 }),
      level: fc.record({
        handlers: fc.array(handler, { maxLength: 2 }),
        blocks: fc.tuple(content),
        isPlain: fc.constant(false),
      }),
    });
  const end = fc
    .record({ id: fc.constant(''), trigger: thrown, code, hasInput: fc.boolean() })
    .map((own): Block => ({ ...own, kind: 'endEvent', condition: ALWAYS }));
  return modelOf(fc.array(around(fc.oneof(end, around(end))), { minLength: 1, maxLength: 3 }));
};
