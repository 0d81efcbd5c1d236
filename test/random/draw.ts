/** Draws a model as a BPMN file. */
import { DRAW, type Draw, type Pen } from './blocks/index.js';
import { caughtMapping, type Ends, File, LevelDrawing, timerOf } from './drawing.js';
import type { Block, BlockKind, Boundary, Handler, Level, Model } from './model.js';

const penOf = (level: LevelDrawing): Pen => ({
  level,
  sequence,
  content: (id, content, rounds) => contentOf(level.file, id, content, rounds ?? null),
  boundaries: (host, all) => boundaries(level, host, all),
});

const sequence = (level: LevelDrawing, blocks: readonly Block[]): Ends | null => {
  let all: Ends | null = null as Ends | null;
  let first: string | null = null;
  for (const block of blocks) {
    const ends = (DRAW[block.kind] as Draw<BlockKind>)(block as never, penOf(level));
    if (all !== null) level.flow(all, ends);
    first ??= ends.first;
    all = { ...ends, first };
  }
  return all;
};

/** Interrupting events join the way on of their host; others end on their own. */
const boundaries = (level: LevelDrawing, host: Ends, all: readonly Boundary[]): Ends => {
  const rejoining = all.filter(({ isInterrupting }) => isInterrupting);
  const join = rejoining.length === 0 ? null : level.node('exclusiveGateway', `${host.last}_merge`);
  if (join !== null) level.flow(host, join);
  for (const boundary of all) {
    const { id, trigger, code, isInterrupting } = boundary;
    const attributes = { attachedToRef: host.last, cancelActivity: String(isInterrupting) };
    const body = level.trigger(trigger, id, code, timerOf(boundary));
    const extensions = caughtMapping(boundary);
    const event = level.node('boundaryEvent', id, { attributes, body, extensions });
    const content = sequence(level, boundary.blocks);
    if (content !== null) level.flow(event, content);
    if (isInterrupting && join !== null) level.flow(content ?? event, join);
    else {
      const tag = level.isPlain ? 'task' : 'endEvent';
      level.flow(content ?? event, level.node(tag, `${id}_end`));
    }
  }
  return { first: host.first, last: join?.last ?? host.last };
};

const handlerOf = (level: LevelDrawing, handler: Handler): void => {
  const { id, trigger, code, isInterrupting } = handler;
  const inside = new LevelDrawing(level.file, id, false);
  const start = inside.node('startEvent', `${id}_start`, {
    attributes: { isInterrupting: String(isInterrupting) },
    body: inside.trigger(trigger, `${id}_start`, code, timerOf(handler)),
    extensions: caughtMapping(handler),
  });
  const content = sequence(inside, handler.level.blocks);
  if (content !== null) inside.flow(start, content);
  inside.end(content ?? start, `${id}_end`);
  level.node('subProcess', id, {
    attributes: { triggeredByEvent: 'true' },
    body: inside.text(),
  });
};

/** A level; with `rounds`, its blocks run that often. */
const contentOf = (
  file: File,
  id: string,
  { handlers, blocks, isPlain }: Level,
  rounds: number | null,
  start: string = 'none',
): string => {
  const level = new LevelDrawing(file, id, isPlain);
  let at = isPlain
    ? null
    : level.node('startEvent', `${id}_start`, { body: level.trigger(start, `${id}_start`) });
  const merge = rounds === null ? null : level.node('exclusiveGateway', `${id}_merge`);
  if (merge !== null) {
    if (at !== null) level.flow(at, merge);
    at = merge;
  }
  const content = sequence(level, blocks);
  if (content !== null && at !== null) level.flow(at, content);
  at = content ?? at;
  if (merge !== null && at !== null) at = roundsOf(level, id, at, merge, rounds ?? 1);
  if (at !== null) level.end(at, `${id}_end`);
  for (const handler of handlers) handlerOf(level, handler);
  return level.text();
};

/** Counts a round and goes back while there are more. */
const roundsOf = (
  level: LevelDrawing,
  id: string,
  from: Ends,
  merge: Ends,
  rounds: number,
): Ends => {
  const script = `<zeebe:script expression="=k_${id} + 1" resultVariable="k_${id}" />`;
  const count = level.node('scriptTask', `${id}_count`, { extensions: [script] });
  const split = level.node('exclusiveGateway', `${id}_split`);
  level.flow(from, count);
  level.flow(count, split);
  level.flow(split, merge, `k_${id} < ${rounds}`);
  return { ...split, isDefault: true };
};

const processOf = (file: File, id: string, level: Level, start = 'none'): string =>
  `  <bpmn:process id="${id}" isExecutable="true">\n${contentOf(file, id, level, null, start)}\n  </bpmn:process>`;

/** The BPMN of a model: its process first, then those that it calls. */
export function draw({ id, level, start }: Model): string {
  const file = new File((into, called, content) => processOf(into, called, content));
  file.add(processOf(file, id, level, start));
  return file.text();
}
