/** Gateways: every split has its own join, the last branch of a choice is the default. */
import fc from 'fast-check';
import { type Ends, feelOf, type LevelDrawing } from '../drawing.js';
import type { Branch } from '../model.js';
import {
  type BlockBuilder,
  condition,
  type Draw,
  id,
  type Parts,
  type Pen,
  wait,
} from './builder.js';

const branches = ({ blocks }: Parts, min: number) =>
  fc.array(fc.record({ condition, blocks }), { minLength: min, maxLength: 3 });

const nested = (make: BlockBuilder['make']): BlockBuilder => ({ isNested: true, make });

export const GATEWAYS = {
  exclusiveGateway: nested((parts) =>
    fc.oneof(
      fc.record({
        kind: fc.constant('exclusiveGateway'),
        id,
        shape: fc.constant('choice'),
        branches: branches(parts, 2),
      }),
      fc.record({
        kind: fc.constant('exclusiveGateway'),
        id,
        shape: fc.constant('loop'),
        rounds: fc.integer({ min: 1, max: 3 }),
        level: parts.level,
      }),
    ),
  ),
  parallelGateway: nested((parts) =>
    fc.record({ kind: fc.constant('parallelGateway'), id, branches: branches(parts, 2) }),
  ),
  inclusiveGateway: nested((parts) =>
    fc.record({ kind: fc.constant('inclusiveGateway'), id, branches: branches(parts, 2) }),
  ),
  eventBasedGateway: nested((parts) =>
    fc.record({
      kind: fc.constant('eventBasedGateway'),
      id,
      arms: fc.array(
        fc.record({
          id,
          trigger: fc.oneof(wait, fc.constant('receive')),
          blocks: parts.blocks,
        }),
        { minLength: 2, maxLength: 3 },
      ),
      chosen: fc.nat({ max: 2 }),
    }),
  ),
} as const satisfies Record<string, BlockBuilder>;

/** The branches of a split, each to the join; conditions where the split is conditional. */
const drawBranches = (
  pen: Pen,
  split: Ends,
  join: Ends,
  all: readonly Branch[],
  isConditional: boolean,
): void => {
  for (const [index, branch] of all.entries()) {
    const isLast = index === all.length - 1;
    const content = pen.sequence(pen.level, branch.blocks);
    const from = { ...split, isDefault: isConditional && isLast };
    pen.level.flow(
      from,
      content ?? join,
      isConditional && !isLast ? feelOf(branch.condition) : null,
    );
    if (content !== null) pen.level.flow(content, join);
  }
};

const drawArm = (
  level: LevelDrawing,
  { id: own, trigger }: { readonly id: string; readonly trigger: string },
): Ends =>
  trigger === 'receive'
    ? level.node('receiveTask', own, { attributes: { messageRef: level.file.message(own, 'n0') } })
    : level.node('intermediateCatchEvent', own, { body: level.trigger(trigger, own) });

export const DRAW_GATEWAYS: {
  readonly [K in
    | 'exclusiveGateway'
    | 'parallelGateway'
    | 'inclusiveGateway'
    | 'eventBasedGateway']: Draw<K>;
} = {
  exclusiveGateway: (block, pen) => {
    const { id: own } = block;
    if (block.shape === 'loop')
      return drawLoop(own, pen.content(own, block.level, block.rounds), pen);
    const split = pen.level.node('exclusiveGateway', `${own}_split`);
    const join = pen.level.node('exclusiveGateway', `${own}_join`);
    drawBranches(pen, split, join, block.branches, true);
    return { first: split.first, last: join.last };
  },
  parallelGateway: ({ id: own, branches: all }, pen) => {
    const split = pen.level.node('parallelGateway', `${own}_split`);
    const join = pen.level.node('parallelGateway', `${own}_join`);
    drawBranches(pen, split, join, all, false);
    return { first: split.first, last: join.last };
  },
  inclusiveGateway: ({ id: own, branches: all }, pen) => {
    const split = pen.level.node('inclusiveGateway', `${own}_split`);
    const join = pen.level.node('inclusiveGateway', `${own}_join`);
    drawBranches(pen, split, join, all, true);
    return { first: split.first, last: join.last };
  },
  eventBasedGateway: ({ id: own, arms }, pen) => {
    const split = pen.level.node('eventBasedGateway', `${own}_split`);
    const join = pen.level.node('exclusiveGateway', `${own}_join`);
    for (const arm of arms) {
      const event = drawArm(pen.level, arm);
      pen.level.flow(split, event);
      const content = pen.sequence(pen.level, arm.blocks);
      if (content !== null) pen.level.flow(event, content);
      pen.level.flow(content ?? event, join);
    }
    return { first: split.first, last: join.last };
  },
};

/** A loop is a level of its own, which holds its counter. */
const drawLoop = (own: string, body: string, pen: Pen): Ends => {
  const counter = `<zeebe:ioMapping><zeebe:input source="=0" target="k_${own}" /></zeebe:ioMapping>`;
  return pen.level.node('subProcess', own, { extensions: [counter], body });
};
