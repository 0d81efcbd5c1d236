/**
 * A second token game, over the tree of a model instead of its graph, written from the standard and
 * `docs/semantics.md` alone: what a calm run completes, and the variables that it leaves behind. Where the order of
 * events decides, it says so by `Racing` and predicts nothing.
 */
import type { Json } from '../../engine/model/index.js';
import {
  type Block,
  type BlockOf,
  type Boundary,
  FORMULAS,
  type Handler,
  holds,
  ITEMS,
  type Level,
  type Model,
  type Multi,
} from './model.js';
import { thrownFor } from './plan.js';

/** What happens depends on the order of events. */
export class Racing extends Error {}

type Values = Record<string, Json>;

/** Variables of one level, inside those of another (S93). */
class Scope {
  readonly values: Values = {};
  constructor(readonly parent: Scope | null) {}

  visible(): Values {
    return { ...this.parent?.visible(), ...this.values };
  }
}

/** Something around a token that may catch what it throws: an activity, or a level with its handlers (S37). */
interface Frame {
  readonly parent: Frame | null;
  /** The scope in which what is caught goes on. */
  readonly scope: Scope;
  readonly boundaries: readonly Boundary[];
  readonly handlers: readonly Handler[];
  /** Levels only: what ends with a terminate end event. */
  readonly isLevel: boolean;
  /** Frames that stand for the same level, seen from a handler in it. */
  readonly self: Marks;
}

/** Notes on one activation: work beside the token, and whether it still waits. */
interface Marks {
  isBusy: boolean;
  isWaiting: boolean;
  /** How far what it starts beside its token runs. */
  mode: Mode;
}

/** `halt`: up to the first waits, because something interrupts there. */
type Mode = 'go' | 'halt';

interface Caught {
  readonly by: Boundary | Handler;
  readonly payload: Values;
  readonly locals: Values;
}

type Fate =
  | { readonly kind: 'done'; readonly isTerminated: boolean }
  | { readonly kind: 'dead' }
  | { readonly kind: 'halted' }
  /** On the way out to a frame; `caught` null: its level is terminated. */
  | { readonly kind: 'out'; readonly to: Marks; readonly caught: Caught | null };

const DONE: Fate = { kind: 'done', isTerminated: false };
const DEAD: Fate = { kind: 'dead' };
const HALTED: Fate = { kind: 'halted' };

const isThrown = ({ trigger }: Boundary | Handler): boolean =>
  trigger === 'error' || trigger === 'escalation';

class Game {
  private completed: string[] = [];
  private readonly undo: (() => void)[] = [];

  constructor(private readonly model: Model) {}

  play(): { completed: readonly string[]; variables: Values } {
    const { level, id, flags, numbers } = this.model;
    const [b0, b1, b2, b3] = flags;
    const root = new Scope(null);
    Object.assign(root.values, {
      b0,
      b1,
      b2,
      b3,
      n0: numbers[0],
      n1: numbers[1],
      items: [...ITEMS],
    });
    const fate = this.level(id, level, root, null, 'go');
    if (fate.kind !== 'done') throw new Error(`the process is ${fate.kind}`);
    return { completed: this.completed.toSorted(), variables: root.values };
  }

  // What can be taken back.

  private complete(id: string): void {
    this.completed.push(id);
    this.undo.push(() => this.completed.pop());
  }

  private set(scope: Scope, name: string, value: Json): void {
    const { values } = scope;
    const before = Object.hasOwn(values, name) ? { value: values[name] as Json } : null;
    values[name] = value;
    this.undo.push(() => {
      if (before === null) delete values[name];
      else values[name] = before.value;
    });
  }

  private mark(marks: Marks, name: 'isBusy' | 'isWaiting'): void {
    const before = marks[name];
    marks[name] = true;
    this.undo.push(() => {
      marks[name] = before;
    });
  }

  /** Writes where the name lives, else at the root (S93). */
  private write(scope: Scope, values: Values): void {
    for (const [name, value] of Object.entries(values)) {
      let at = scope;
      while (!Object.hasOwn(at.values, name) && at.parent !== null) at = at.parent;
      this.set(at, name, value);
    }
  }

  private takeBack(to: number): void {
    while (this.undo.length > to) this.undo.pop()?.();
  }

  /** Whether something would wait for an event. */
  private waits(work: () => Fate): boolean {
    const before = this.undo.length;
    const fate = work();
    this.takeBack(before);
    return fate.kind === 'halted';
  }

  // Levels.

  /** Runs a level to its end (S34): with all that was started beside its tokens. */
  private level(
    id: string,
    level: Level,
    scope: Scope,
    parent: Frame | null,
    mode: Mode,
    rounds = 1,
  ): Fate {
    const self: Marks = { isBusy: false, isWaiting: false, mode };
    const { handlers } = level;
    const frame: Frame = { parent, scope, boundaries: [], handlers, isLevel: true, self };
    const body = (how: Mode): Fate => this.levelBody(id, level, frame, how, rounds);
    const fired = handlers.filter((handler) => handler.isFired && !isThrown(handler));
    return this.closed(frame, mode, this.interruptible(frame, fired, mode, body));
  }

  /** What becomes of a level whose own token had this fate. */
  private closed(frame: Frame, mode: Mode, fate: Fate): Fate {
    const { self } = frame;
    if (fate.kind === 'out' && fate.to === self) {
      if (fate.caught === null) return { kind: 'done', isTerminated: true };
      return this.closed(frame, mode, this.handle(frame, fate.caught, mode, true));
    }
    if (fate.kind === 'halted' || fate.kind === 'out') return fate;
    return self.isWaiting ? HALTED : DONE;
  }

  private levelBody(id: string, level: Level, frame: Frame, mode: Mode, rounds: number): Fate {
    if (!level.isPlain) this.complete(`${id}_start`);
    const isLoop = level !== this.model.level && Object.hasOwn(frame.scope.values, `k_${id}`);
    for (let round = 1; round <= rounds; round += 1) {
      if (isLoop) this.complete(`${id}_merge`);
      const fate = this.sequence(level.blocks, frame.scope, frame, mode);
      if (fate.kind !== 'done') return fate;
      if (!isLoop) continue;
      this.complete(`${id}_count`);
      this.set(frame.scope, `k_${id}`, round);
      this.complete(`${id}_split`);
    }
    if (!level.isPlain) this.complete(`${id}_end`);
    return DONE;
  }

  /** An event sub-process runs in its level (S50, S51). */
  private handle(frame: Frame, caught: Caught, mode: Mode, isInterrupting: boolean): Fate {
    const { id, level, isMapped } = caught.by as Handler;
    const scope = new Scope(frame.scope);
    const others = frame.handlers.filter((handler) => handler !== caught.by);
    const outer: Frame = { ...frame, handlers: isInterrupting ? [] : others };
    const self: Marks = { isBusy: false, isWaiting: false, mode };
    const inner: Frame = {
      parent: outer,
      scope,
      boundaries: [],
      handlers: [],
      isLevel: true,
      self,
    };
    this.arrive(scope, id, isMapped, caught);
    this.complete(`${id}_start`);
    const fate = this.sequence(level.blocks, scope, inner, mode);
    if (fate.kind === 'done') this.complete(`${id}_end`);
    const ended = this.closed(inner, mode, fate);
    if (ended.kind === 'done') this.complete(id);
    return ended;
  }

  /** The payload of an event is written, or mapped (S41). */
  private arrive(scope: Scope, id: string, isMapped: boolean, { payload, locals }: Caught): void {
    this.write(scope, isMapped ? { [`c_${id}`]: locals.errorCode ?? null } : payload);
  }

  /**
   * Work with events that happen once it waits: first those that do not interrupt, which let it go on, then one
   * that interrupts.
   */
  private interruptible(
    frame: Frame,
    fired: readonly (Boundary | Handler)[],
    mode: Mode,
    body: (mode: Mode) => Fate,
    error: Boundary | null = null,
  ): Fate {
    const before = this.undo.length;
    if ((fired.length === 0 && error === null) || mode === 'halt') return body(mode);
    frame.self.mode = 'halt';
    const fate = body('halt');
    frame.self.mode = mode;
    if (fate.kind !== 'halted') {
      this.takeBack(before);
      return body(mode);
    }
    const last = fired.find(({ isInterrupting }) => isInterrupting) ?? null;
    const beside = fired.filter(({ isInterrupting }) => !isInterrupting);
    if (last === null && error === null) {
      this.takeBack(before);
      for (const event of beside) this.beside(frame, this.occurrence(event));
      return body(mode);
    }
    // A handler that was started ends with its level; the path of a boundary event outlives its host.
    if (fired.some((event) => 'level' in event)) frame.self.mode = 'halt';
    for (const event of beside) this.beside(frame, this.occurrence(event));
    frame.self.mode = mode;
    const caught = last === null ? this.thrownBy(frame, error as Boundary) : this.occurrence(last);
    return { kind: 'out', to: frame.self, caught };
  }

  /** Messages and signals bring a variable, timers nothing. */
  private occurrence(by: Boundary | Handler): Caught {
    const element = 'level' in by ? `${by.id}_start` : by.id;
    const payload: Values = by.trigger === 'timer' ? {} : { [`r_${element}`]: element };
    return { by, payload, locals: {} };
  }

  private thrownBy({ boundaries }: Frame, error: Boundary): Caught {
    const host = this.hosts.get(boundaries) ?? '';
    return { by: error, payload: { [`r_${host}`]: host }, locals: { errorCode: thrownFor(error) } };
  }

  private readonly hosts = new Map<readonly Boundary[], string>();

  /** What does not interrupt starts beside the token; whatever it throws races. */
  private beside(frame: Frame, caught: Caught): void {
    const isHandler = 'level' in caught.by;
    const level = isHandler ? frame : (frame.parent as Frame);
    const run = (how: Mode): Fate =>
      isHandler
        ? this.handle(frame, caught, how, false)
        : this.boundary(caught, level, frame.scope, how);
    const doesWait = this.waits(() => run('halt'));
    if (doesWait) this.mark(level.self, 'isBusy');
    const fate = run(level.self.mode);
    if (fate.kind === 'out') throw new Racing('something beside the token interrupts');
    if (fate.kind === 'halted') this.mark(level.self, 'isWaiting');
  }

  /** The path of a boundary event, up to where it joins its host's or ends. */
  private boundary(caught: Caught, around: Frame, scope: Scope, mode: Mode): Fate {
    const { id, isMapped, isInterrupting, blocks } = caught.by as Boundary;
    this.arrive(scope, id, isMapped, caught);
    this.complete(id);
    const fate = this.sequence(blocks, scope, around, mode);
    if (fate.kind === 'done' && !isInterrupting) this.complete(`${id}_end`);
    return fate;
  }

  // Throws.

  /** Finds the one who catches: inside out, exact before all (S37, S42). */
  private throw(
    kind: 'error' | 'escalation',
    code: string,
    payload: Values,
    from: Frame,
  ): Fate | null {
    let isBusy = false;
    for (let frame: Frame | null = from; frame !== null; frame = frame.parent) {
      isBusy ||= frame.self.isBusy;
      const matches = [...frame.boundaries, ...frame.handlers].filter(
        (one) => one.trigger === kind && (one.code === null || one.code === code),
      );
      const by = matches.find((one) => one.code === code) ?? matches[0];
      if (by === undefined) continue;
      const caught: Caught = { by, payload, locals: kind === 'error' ? { errorCode: code } : {} };
      if (!by.isInterrupting) {
        this.beside(frame, caught);
        return null;
      }
      if (isBusy) throw new Racing('a throw ends work beside it');
      return { kind: 'out', to: frame.self, caught };
    }
    if (kind === 'error') throw new Error(`nobody catches ${code}`);
    return null;
  }

  private terminate(from: Frame): Fate {
    for (let frame: Frame | null = from; frame !== null; frame = frame.parent) {
      if (frame.self.isBusy) throw new Racing('a terminate end event ends work beside it');
      if (frame.isLevel) return { kind: 'out', to: frame.self, caught: null };
    }
    throw new Error('a terminate end event outside of every level');
  }

  // Blocks.

  private sequence(blocks: readonly Block[], scope: Scope, frame: Frame, mode: Mode): Fate {
    for (const block of blocks) {
      const fate = this.block(block, scope, frame, mode);
      if (fate.kind !== 'done') return fate;
    }
    return DONE;
  }

  private block(block: Block, scope: Scope, frame: Frame, mode: Mode): Fate {
    const { id } = block;
    switch (block.kind) {
      case 'task':
      case 'manualTask':
        this.complete(id);
        return DONE;
      case 'intermediateCatchEvent':
        if (mode === 'halt') return HALTED;
        if (block.trigger !== 'timer') this.write(scope, { [`r_${id}`]: id });
        this.complete(id);
        return DONE;
      case 'intermediateThrowEvent':
        return this.throwEvent(block, frame);
      case 'endEvent':
        return this.end(block, frame);
      case 'parallelGateway':
        return this.split(id, block.branches, scope, frame, mode, 'all');
      case 'inclusiveGateway': {
        const taken = block.branches
          .slice(0, -1)
          .filter(({ condition }) => holds(condition, this.model));
        return this.split(
          id,
          taken.length > 0 ? taken : block.branches.slice(-1),
          scope,
          frame,
          mode,
          'any',
        );
      }
      case 'exclusiveGateway': {
        if (block.shape === 'loop') {
          const inner = new Scope(scope);
          this.set(inner, `k_${id}`, 0);
          const fate = this.level(id, block.level, inner, frame, mode, block.rounds);
          if (fate.kind === 'done') this.complete(id);
          return fate.kind === 'done' ? DONE : fate;
        }
        const first = block.branches
          .slice(0, -1)
          .find(({ condition }) => holds(condition, this.model));
        return this.split(
          id,
          [first ?? (block.branches.at(-1) as typeof first & object)],
          scope,
          frame,
          mode,
          'any',
        );
      }
      case 'eventBasedGateway': {
        if (mode === 'halt') return HALTED;
        const arm = block.arms[block.chosen];
        if (arm === undefined) throw new Error(`${id} has no arm`);
        this.complete(`${id}_split`);
        if (arm.trigger !== 'timer') this.write(scope, { [`r_${arm.id}`]: arm.id });
        this.complete(arm.id);
        const fate = this.sequence(arm.blocks, scope, frame, mode);
        if (fate.kind === 'done') this.complete(`${id}_join`);
        return fate;
      }
      default:
        return this.activity(block, scope, frame, mode);
    }
  }

  /** Branches side by side: what one of several throws races with the others. */
  private split(
    id: string,
    taken: readonly { readonly blocks: readonly Block[] }[],
    scope: Scope,
    frame: Frame,
    mode: Mode,
    join: 'all' | 'any',
  ): Fate {
    this.complete(`${id}_split`);
    const fates = taken.map(({ blocks }) => this.sequence(blocks, scope, frame, mode));
    const out = fates.find(({ kind }) => kind === 'out');
    if (out !== undefined) {
      if (taken.length > 1) throw new Racing('a branch interrupts the others');
      return out;
    }
    if (fates.some(({ kind }) => kind === 'halted')) return HALTED;
    const done = fates.filter(({ kind }) => kind === 'done').length;
    if (done === 0 || (join === 'all' && done < fates.length)) return DEAD;
    this.complete(`${id}_join`);
    return DONE;
  }

  private throwEvent({ id, trigger, code }: BlockOf<'intermediateThrowEvent'>, frame: Frame): Fate {
    if (trigger === 'escalation') {
      const fate = this.throw('escalation', code, {}, frame);
      if (fate !== null) return fate;
    }
    this.complete(id);
    if (trigger === 'link') this.complete(`${id}_catch`);
    return DONE;
  }

  private end({ id, trigger, code, condition, hasInput }: BlockOf<'endEvent'>, frame: Frame): Fate {
    this.complete(`${id}_split`);
    if (!holds(condition, this.model)) return DONE;
    this.complete(id);
    if (trigger === 'terminate') return this.terminate(frame);
    if (trigger !== 'error' && trigger !== 'escalation') return DEAD;
    const payload: Values = hasInput ? { [`p_${id}`]: this.model.numbers[0] } : {};
    return this.throw(trigger, code, payload, frame) ?? DEAD;
  }

  // Activities.

  private activity(block: Activity, scope: Scope, around: Frame, mode: Mode): Fate {
    const { boundaries, id } = block;
    const self: Marks = { isBusy: false, isWaiting: false, mode };
    const frame: Frame = { parent: around, scope, boundaries, handlers: [], isLevel: false, self };
    this.hosts.set(boundaries, id);
    const fired = boundaries.filter((boundary) => boundary.isFired && !isThrown(boundary));
    const error = boundaries.find((boundary) => boundary.isFired && boundary.trigger === 'error');
    const body = (how: Mode): Fate =>
      block.multi === null
        ? this.single(block, scope, frame, how)
        : this.multiple(block, block.multi, scope, frame, how);
    let fate = this.interruptible(frame, fired, mode, body, error ?? null);
    if (fate.kind === 'out' && fate.to === self && fate.caught !== null) {
      fate = this.boundary(fate.caught, around, scope, mode);
    }
    if (fate.kind !== 'done') return fate;
    if (boundaries.some(({ isInterrupting }) => isInterrupting)) this.complete(`${id}_merge`);
    return DONE;
  }

  private single(block: Activity, scope: Scope, frame: Frame, mode: Mode): Fate {
    const fate = this.inner(block, new Scope(scope), frame, mode);
    if (fate.kind === 'done') this.complete(block.id);
    return fate;
  }

  /** S70–S73. Each inner instance completes, then the whole. */
  private multiple(block: Activity, multi: Multi, scope: Scope, frame: Frame, mode: Mode): Fate {
    const { id } = block;
    const { isSequential, size, enough, hasOutput, by } = multi;
    if (!isSequential && enough !== null && enough < size) throw new Racing('who is first');
    const outputs: Json[] = Array.from({ length: size }, () => null);
    let completed = 0;
    let isHalted = false;
    for (let index = 1; index <= size; index += 1) {
      const inner = new Scope(scope);
      this.set(inner, 'loopCounter', index);
      if (by === 'collection') this.set(inner, `item_${id}`, ITEMS[index - 1] ?? null);
      const fate = this.inner(block, inner, frame, mode);
      if (fate.kind === 'out') {
        if (!isSequential && size > 1) throw new Racing('an inner instance ends the others');
        return fate;
      }
      if (fate.kind === 'halted') {
        isHalted = true;
        if (isSequential) return HALTED;
        continue;
      }
      if (fate.kind === 'done' && fate.isTerminated) continue;
      if (hasOutput) outputs[index - 1] = Number(inner.values.loopCounter) + this.model.numbers[0];
      this.complete(id);
      completed += 1;
      if (enough !== null && completed >= enough) break;
    }
    if (isHalted) return HALTED;
    if (hasOutput) this.write(scope, { [`o_${id}`]: outputs });
    this.complete(id);
    return DONE;
  }

  /** One activation of an activity; `scope` holds its locals. */
  private inner(block: Activity, scope: Scope, frame: Frame, mode: Mode): Fate {
    const { id } = block;
    switch (block.kind) {
      case 'scriptTask':
        this.write(scope, { [`r_${id}`]: FORMULAS[block.formula]?.value(this.model) as Json });
        return DONE;
      case 'businessRuleTask':
        if (!block.isDecision) return this.work(id, false, scope, mode);
        this.write(scope, { [`r_${id}`]: this.model.numbers[0] + 100 });
        return DONE;
      case 'sendTask':
        return block.isJob ? this.work(id, false, scope, mode) : DONE;
      case 'serviceTask':
      case 'userTask':
      case 'receiveTask':
        return this.work(id, block.isMapped, scope, mode);
      case 'subProcess':
        return this.subProcess(block, scope, frame, mode);
      default:
        return this.call(block, scope, frame, mode);
    }
  }

  /** Waits, and has one variable as its result. */
  private work(id: string, isMapped: boolean, scope: Scope, mode: Mode): Fate {
    if (mode === 'halt') return HALTED;
    if (isMapped) this.write(scope.parent ?? scope, { [`m_${id}`]: id });
    else this.write(scope, { [`r_${id}`]: id });
    return DONE;
  }

  private subProcess(block: BlockOf<'subProcess'>, scope: Scope, frame: Frame, mode: Mode): Fate {
    const { id, level, hasLocal } = block;
    const [, n1] = this.model.numbers;
    if (hasLocal) {
      this.set(scope, `l_${id}`, n1);
      for (const inner of level.blocks) {
        const isWriter = inner.kind === 'serviceTask' || inner.kind === 'userTask';
        if (isWriter && !inner.isMapped) this.set(scope, `r_${inner.id}`, null);
      }
    }
    const fate = this.level(id, level, scope, frame, mode);
    if (fate.kind === 'done' && hasLocal)
      this.write(scope.parent as Scope, { [`s_${id}`]: n1 + 1 });
    return fate;
  }

  /** S77, S78: a process of its own, with copies of what is seen; its end is a normal return. */
  private call(block: BlockOf<'callActivity'>, scope: Scope, frame: Frame, mode: Mode): Fate {
    const called = new Scope(null);
    for (const [name, value] of Object.entries(scope.visible())) this.set(called, name, value);
    const fate = this.level(`p_${block.id}`, block.level, called, frame, mode);
    if (fate.kind !== 'done') return fate;
    if (!block.isClosed) this.write(scope, called.values);
    return DONE;
  }
}

type Activity = Extract<Block, { readonly boundaries: readonly Boundary[] }>;

/** What a calm run of a model comes to. @throws Racing where the order of events decides */
export const predict = (model: Model): { completed: readonly string[]; variables: Values } =>
  new Game(model).play();
