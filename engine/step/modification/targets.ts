/** Where a modification puts tokens: in which live scope, and which scopes they enter on their way. Class: pure. */
import { type Fault, fault } from '../../errors/index.js';
import {
  type ElementInstance,
  type Entry,
  type FlowNodeBase,
  type ModificationTarget,
  own,
  type Variables,
} from '../../model/index.js';
import type { Run } from '../run.js';
import { isWithin, type Living } from './living.js';
import { type Written, writtenBy } from './variables.js';

/** A token, the live scope in which it begins, and what is written into live scopes before. */
export interface Placement {
  readonly scope: ElementInstance;
  readonly entry: Entry;
  readonly written: readonly Written[];
}

/** What a target is judged by. */
export interface Ground {
  readonly run: Run;
  readonly living: Living;
  /** What ends with the same modification: nothing is placed inside. */
  readonly ending: ReadonlySet<string>;
  /** How the instruction is called, for the fault. */
  readonly instruction: string;
}

/** The node that a target is, or the one behind its flow. */
interface Aim {
  readonly node: FlowNodeBase;
  readonly flowId: string | null;
}

/**
 * Finds the place of one token.
 *
 * @param from - the scope instance that it leaves; null: it comes from nowhere
 */
export function placeToken(
  ground: Ground,
  target: ModificationTarget,
  from: ElementInstance | null,
): Placement | Fault {
  const aim = aimOf(ground, target.elementId);
  if ('code' in aim) return aim;
  const levels = levelsOf(ground.run, aim.node.scopeId);
  const scope =
    target.ancestorId === null
      ? search(ground, levels, from, target.elementId)
      : named(ground, levels, target.ancestorId, target.elementId);
  if ('code' in scope) return scope;
  const missing = levels.slice(0, levels.indexOf(scope.elementId));
  const barred = missing.find((level) => !isEnterable(ground.run.node(level)));
  if (barred !== undefined) {
    return fault('MODIFICATION_SCOPE_MISSING', {
      instruction: ground.instruction,
      element: target.elementId,
      scope: barred,
      remedy: remedyFor(ground.run.node(barred)),
    });
  }
  const written = writtenBy(ground, target, { scope, missing });
  if ('code' in written) return written;
  const { locals, outside } = written;
  return { scope, entry: entryOf(aim, missing, locals), written: outside };
}

const aimOf = ({ run, instruction }: Ground, elementId: string): Aim | Fault => {
  const behind = run.targetOf(elementId);
  if (behind !== undefined) return { node: run.node(behind), flowId: elementId };
  const node = own(run.process.nodes, elementId);
  if (node === undefined) {
    const facts = { instruction, process: run.process.id, element: elementId };
    return fault('MODIFICATION_ELEMENT_UNKNOWN', facts);
  }
  const bar = run.stop(elementId).definition.closedToTokens?.(node, run.process) ?? null;
  if (bar === null) return { node, flowId: null };
  return fault('MODIFICATION_ELEMENT_CLOSED', { instruction, element: elementId, ...bar });
};

/** The levels around an element, the innermost first. */
const levelsOf = (run: Run, levelId: string): readonly string[] => {
  const levels: string[] = [];
  for (let at: string | null = levelId; at !== null; at = run.plan(at).parentId) levels.push(at);
  return levels;
};

const named = (
  { run, ending, instruction }: Ground,
  levels: readonly string[],
  id: string,
  element: string,
): ElementInstance | Fault => {
  const scope = own(run.state.elements, id);
  if (scope === undefined || scope.role !== 'scope' || !levels.includes(scope.elementId)) {
    return fault('MODIFICATION_SCOPE_UNKNOWN', { instruction, scope: id, element });
  }
  if (isWithin(run, scope, ending)) {
    return fault('MODIFICATION_SCOPE_CANCELLED', { instruction, scope: id });
  }
  return isOpen(scope) ? scope : notOpen(instruction, scope);
};

/** The innermost level that lives decides; where several live, somebody must say which is meant. */
const search = (
  { run, living, ending, instruction }: Ground,
  levels: readonly string[],
  from: ElementInstance | null,
  element: string,
): ElementInstance | Fault => {
  const root = run.element(run.state.rootId as string);
  const common = from === null ? root : commonScope(run, from, levels, ending);
  for (const level of levels) {
    if (level === common.elementId) return isOpen(common) ? common : notOpen(instruction, common);
    const all = living
      .of(level)
      .filter(
        (scope) =>
          scope.role === 'scope' &&
          isWithin(run, scope, new Set([common.id])) &&
          !isWithin(run, scope, ending),
      );
    const open = all.filter(isOpen);
    const [first] = open;
    if (open.length > 1) return ambiguous(instruction, element, open);
    if (first !== undefined) return first;
    if (all[0] !== undefined) return notOpen(instruction, all[0]);
  }
  return root;
};

/** The nearest scope around what is moved that is around its target as well, and lives on. */
const commonScope = (
  run: Run,
  from: ElementInstance,
  levels: readonly string[],
  ending: ReadonlySet<string>,
): ElementInstance => {
  let at = from;
  const isCommon = (): boolean =>
    at.role === 'scope' && levels.includes(at.elementId) && !isWithin(run, at, ending);
  while (at.parentId !== null && !isCommon()) at = run.element(at.parentId);
  return at;
};

/** Whether a scope has begun and neither ends nor has ended: what is in it runs, what waits beside it is armed. */
const isOpen = ({ phase, live, handlers, isClosing, isTerminated }: ElementInstance): boolean =>
  phase === 'active' && !isClosing && !isTerminated && live + handlers > 0;

const notOpen = (instruction: string, { id, isClosing, isTerminated }: ElementInstance): Fault => {
  const isEnding = isClosing || isTerminated;
  const detail = isEnding
    ? 'is ending: its own flow is over or was interrupted'
    : 'has not begun: an incident stopped it';
  const remedy = isEnding ? 'activate something around it' : 'resolve that first';
  return fault('MODIFICATION_SCOPE_NOT_OPEN', { instruction, scope: id, detail, remedy });
};

const SHOWN = 5;

const ambiguous = (
  instruction: string,
  element: string,
  scopes: readonly ElementInstance[],
): Fault => {
  const some = scopes.slice(0, SHOWN).map(({ id }) => id);
  const candidates = [...some, ...(scopes.length > SHOWN ? ['…'] : [])].join(', ');
  const facts = { instruction, element, count: scopes.length, candidates };
  return fault('MODIFICATION_SCOPE_AMBIGUOUS', facts);
};

/** Whether a token can make its own instance of a scope: not of one that counts its instances, nor of one that an event starts. */
const isEnterable = ({ multiInstance, kind }: FlowNodeBase): boolean =>
  multiInstance === null && kind !== 'eventSubProcess';

const remedyFor = ({ multiInstance }: FlowNodeBase): string =>
  multiInstance === null
    ? 'let the event happen that starts it'
    : 'activate the multi-instance activity itself, or name one of its inner instances';

/** The token, in the scopes that it enters, outermost outside. */
const entryOf = (
  { node, flowId }: Aim,
  missing: readonly string[],
  locals: Readonly<Record<string, Variables>>,
): Entry =>
  missing.reduce<Entry>(
    (inner, level) => ({
      nodeId: level,
      flowId: null,
      variables: own(locals, level) ?? {},
      inside: [inner],
    }),
    { nodeId: node.id, flowId, variables: own(locals, node.id) ?? {}, inside: [] },
  );
