/** Tasks: each writes one variable of its own, `r_<id>`, or through an output mapping `m_<id>`. */
import fc from 'fast-check';
import { mapping, multiOf, zeebe } from '../drawing.js';
import { type BlockOf, FORMULAS } from '../model.js';
import { type BlockBuilder, type Draw, id, multi, type Parts, type Pen } from './builder.js';

const activity = ({ boundaries }: Parts) => ({ id, boundaries, multi });

const leaf = (make: BlockBuilder['make']): BlockBuilder => ({ isNested: false, make });

export const TASKS = {
  task: leaf(() => fc.record({ kind: fc.constant('task'), id })),
  manualTask: leaf(() => fc.record({ kind: fc.constant('manualTask'), id })),
  scriptTask: leaf((parts) =>
    fc.record({
      kind: fc.constant('scriptTask'),
      ...activity(parts),
      formula: fc.integer({ min: 0, max: FORMULAS.length - 1 }),
    }),
  ),
  serviceTask: leaf((parts) =>
    fc.record({ kind: fc.constant('serviceTask'), ...activity(parts), isMapped: fc.boolean() }),
  ),
  userTask: leaf((parts) =>
    fc.record({ kind: fc.constant('userTask'), ...activity(parts), isMapped: fc.boolean() }),
  ),
  businessRuleTask: leaf((parts) =>
    fc.record({
      kind: fc.constant('businessRuleTask'),
      ...activity(parts),
      isDecision: fc.boolean(),
    }),
  ),
  sendTask: leaf((parts) =>
    fc.record({ kind: fc.constant('sendTask'), ...activity(parts), isJob: fc.boolean() }),
  ),
  receiveTask: leaf((parts) =>
    fc.record({
      kind: fc.constant('receiveTask'),
      ...activity(parts),
      isMapped: fc.boolean(),
      hasKey: fc.boolean(),
    }),
  ),
} as const satisfies Record<string, BlockBuilder>;

const workMapping = ({ id: own, isMapped }: { id: string; isMapped: boolean }) =>
  isMapped ? mapping({ [`in_${own}`]: 'n0 + 1' }, { [`m_${own}`]: `r_${own}` }) : [];

const job = (own: string): string => zeebe('taskDefinition', { type: `job-${own}` });

type Task =
  | 'scriptTask'
  | 'serviceTask'
  | 'userTask'
  | 'businessRuleTask'
  | 'sendTask'
  | 'receiveTask';

const drawTask = (
  block: BlockOf<Task>,
  pen: Pen,
  extensions: readonly string[],
  attributes: Record<string, string> = {},
) => {
  const { id: own, kind, boundaries } = block;
  const body = multiOf(own, block.multi);
  return pen.boundaries(pen.level.node(kind, own, { attributes, extensions, body }), boundaries);
};

export const DRAW_TASKS: {
  readonly [K in Task | 'task' | 'manualTask']: Draw<K>;
} = {
  task: ({ id: own }, { level }) => level.node('task', own),
  manualTask: ({ id: own }, { level }) => level.node('manualTask', own),
  scriptTask: (block, pen) => {
    const expression = `=${FORMULAS[block.formula]?.feel ?? 'null'}`;
    return drawTask(block, pen, [zeebe('script', { expression, resultVariable: `r_${block.id}` })]);
  },
  serviceTask: (block, pen) => drawTask(block, pen, [job(block.id), ...workMapping(block)]),
  userTask: (block, pen) => drawTask(block, pen, [zeebe('userTask', {}), ...workMapping(block)]),
  businessRuleTask: (block, pen) =>
    drawTask(block, pen, [
      block.isDecision
        ? zeebe('calledDecision', {
            decisionId: 'raised',
            resultVariable: `r_${block.id}`,
            bindingType: 'deployment',
          })
        : job(block.id),
    ]),
  sendTask: (block, pen) =>
    block.isJob
      ? drawTask(block, pen, [job(block.id)])
      : drawTask(block, pen, [zeebe('publishMessage', { correlationKey: '=n0' })], {
          messageRef: pen.level.file.message(block.id, null),
        }),
  receiveTask: (block, pen) =>
    drawTask(block, pen, workMapping(block), {
      messageRef: pen.level.file.message(block.id, block.hasKey ? 'n0 + n1' : 'n1'),
    }),
};
