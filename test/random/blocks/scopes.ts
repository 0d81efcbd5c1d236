/** Sub-processes, calls, and the events that sit on them or in them. */
import fc from 'fast-check';
import { mapping, multiOf, zeebe } from '../drawing.js';
import type { Block } from '../model.js';
import { type BlockBuilder, type Draw, id, multi, type Parts } from './builder.js';

const nested = (make: BlockBuilder['make']): BlockBuilder => ({ isNested: true, make });

const subProcess = (parts: Parts) => ({
  kind: fc.constant('subProcess'),
  id,
  boundaries: parts.boundaries,
  multi,
  level: parts.level,
  hasLocal: fc.boolean(),
});

export const SCOPES = {
  subProcess: nested((parts) => fc.record(subProcess(parts))),
  callActivity: nested((parts) =>
    fc.record({
      kind: fc.constant('callActivity'),
      id,
      boundaries: parts.boundaries,
      multi,
      level: parts.level,
      isClosed: fc.boolean(),
    }),
  ),
  eventSubProcess: nested((parts) =>
    fc
      .record({ block: fc.record(subProcess(parts)), handler: parts.handler })
      .map(({ block, handler }) => ({
        ...block,
        level: { ...block.level, handlers: [handler, ...block.level.handlers] },
      })),
  ),
  boundaryEvent: nested((parts) =>
    fc
      .record({ block: fc.record(subProcess(parts)), boundary: parts.boundary })
      .map(({ block, boundary }) => ({ ...block, boundaries: [boundary, ...block.boundaries] })),
  ),
  startEvent: nested((parts) =>
    fc.record({ ...subProcess(parts), multi: fc.constant(null) }).map((block) => ({
      ...block,
      level: { ...block.level, isPlain: false },
    })),
  ),
} as const satisfies Record<string, BlockBuilder>;

/** Ids of the tasks of a level that write `r_<id>`. */
export const writersOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) =>
    (block.kind === 'serviceTask' || block.kind === 'userTask') && !block.isMapped
      ? [block.id]
      : [],
  );

export const DRAW_SCOPES: { readonly [K in 'subProcess' | 'callActivity']: Draw<K> } = {
  subProcess: ({ id: own, level, multi: loop, hasLocal, boundaries }, pen) => {
    const shadows = Object.fromEntries(
      writersOf(level.blocks).map((task) => [`r_${task}`, 'null']),
    );
    const extensions = hasLocal
      ? mapping({ [`l_${own}`]: 'n1', ...shadows }, { [`s_${own}`]: `l_${own} + 1` })
      : [];
    const body = multiOf(own, loop) + pen.content(own, level);
    return pen.boundaries(pen.level.node('subProcess', own, { extensions, body }), boundaries);
  },
  callActivity: ({ id: own, level, multi: loop, isClosed, boundaries }, pen) => {
    const { file } = pen.level;
    file.add(file.drawProcess(file, `p_${own}`, level as never));
    const called = zeebe('calledElement', {
      processId: `p_${own}`,
      propagateAllChildVariables: String(!isClosed),
    });
    const body = multiOf(own, loop);
    const host = pen.level.node('callActivity', own, { extensions: [called], body });
    return pen.boundaries(host, boundaries);
  },
};
