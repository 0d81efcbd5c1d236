/**
 * Makes a random tree sound: no token dies where a join waits for it, every error is caught, nothing is caught
 * twice on one level, no part runs more than a few times; then gives every part its id.
 */
import type { Block, Boundary, Code, Condition, Handler, Level, Model } from './model.js';

interface Around {
  /** No join of the level waits for this token. */
  readonly mayDie: boolean;
  /** Codes of errors that something outside catches; `*` for all. */
  readonly caught: ReadonlySet<Code | '*'>;
  /** How often this part may run. */
  readonly times: number;
}

const MOST_TIMES = 9;

type Catching = Boundary | Handler;

const codesOf = (catches: readonly Catching[]): readonly (Code | '*')[] =>
  catches.filter(({ trigger }) => trigger === 'error').map(({ code }) => code ?? '*');

const with_ = (around: Around, catches: readonly Catching[]): Around => ({
  ...around,
  caught: new Set([...around.caught, ...codesOf(catches)]),
});

class Settler {
  private count = 0;

  private next(kind: string): string {
    this.count += 1;
    return `${kind}_${this.count}`;
  }

  level(level: Level, outside: Around): Level {
    const handlers = this.catches(level.handlers, false).map(
      (handler): Handler => ({ ...handler, level: this.handlerLevel(handler.level, outside) }),
    );
    const inside = with_({ ...outside, mayDie: true }, handlers);
    const blocks = this.blocks(level.blocks, inside);
    const isPlain = level.isPlain && mayBePlain(blocks);
    return { handlers, blocks, isPlain };
  }

  private handlerLevel(level: Level, outside: Around): Level {
    return { ...this.level({ ...level, handlers: [] }, outside), isPlain: false };
  }

  blocks(blocks: readonly Block[], around: Around): readonly Block[] {
    return blocks.map((block) => this.block(block, around));
  }

  private boundaries(
    all: readonly Boundary[],
    around: Around,
    throwsErrors: boolean,
  ): readonly Boundary[] {
    return this.catches(all, throwsErrors).map((boundary): Boundary => {
      const inside = { ...around, mayDie: around.mayDie || !boundary.isInterrupting };
      return { ...boundary, blocks: this.blocks(boundary.blocks, inside) };
    });
  }

  /** Nothing is caught twice; one interrupting event happens at most. */
  private catches<C extends Catching>(all: readonly C[], throwsErrors: boolean): readonly C[] {
    const seen = new Set<string>();
    let isTaken = false;
    return all.flatMap((one) => {
      const isThrown = one.trigger === 'error' || one.trigger === 'escalation';
      const code = isThrown ? one.code : null;
      const key = isThrown ? `${one.trigger} ${code}` : this.next('event');
      if (seen.has(key)) return [];
      seen.add(key);
      const isError = one.trigger === 'error';
      const isInterrupting = one.isInterrupting || isError;
      const canFire = !isThrown || (isError && throwsErrors);
      const isFired = one.isFired && canFire && !(isInterrupting && isTaken);
      isTaken ||= isFired && isInterrupting;
      const isMapped = one.isMapped && isError;
      const id = this.next('level' in one ? 'handler' : 'boundary');
      return [{ ...one, id, code, isInterrupting, isFired, isMapped }];
    });
  }

  private block(block: Block, around: Around): Block {
    const id = this.next(block.kind);
    switch (block.kind) {
      case 'task':
      case 'manualTask':
      case 'intermediateCatchEvent':
      case 'intermediateThrowEvent':
        return { ...block, id };
      case 'endEvent':
        return { ...block, id, trigger: endOf(block, around) };
      case 'exclusiveGateway':
        if (block.shape === 'loop') {
          const rounds = block.rounds * around.times > MOST_TIMES ? 1 : block.rounds;
          const inside = { ...around, times: around.times * rounds };
          const level = { ...this.level(block.level, inside), isPlain: false };
          return { ...block, id, rounds, level };
        }
        return { ...block, id, branches: this.branches(block.branches, around) };
      case 'inclusiveGateway':
        return { ...block, id, branches: this.branches(block.branches, around) };
      case 'parallelGateway': {
        const inside = { ...around, mayDie: false };
        return { ...block, id, branches: this.branches(block.branches, inside) };
      }
      case 'eventBasedGateway': {
        const receives = block.arms.some(({ trigger }) => trigger === 'receive');
        const arms = block.arms.map((arm) => ({
          id: this.next('arm'),
          trigger: receives && arm.trigger === 'message' ? ('receive' as const) : arm.trigger,
          blocks: this.blocks(arm.blocks, around),
        }));
        return { ...block, id, arms, chosen: block.chosen % arms.length };
      }
      case 'subProcess':
      case 'callActivity': {
        const size = block.multi?.size ?? 1;
        const isTooMuch = size * around.times > MOST_TIMES;
        const multi = isTooMuch ? null : block.multi;
        const times = around.times * (isTooMuch ? 1 : Math.max(1, size));
        const boundaries = this.boundaries(block.boundaries, around, false);
        const level = this.level(block.level, { ...with_(around, boundaries), times });
        const settled = { ...block, id, multi, boundaries, level };
        if (settled.kind === 'callActivity') return settled;
        // A call would bring back older values of what a local hides.
        return { ...settled, hasLocal: settled.hasLocal && !hasCall(level) };
      }
      default: {
        const isJob = block.kind === 'serviceTask';
        const boundaries = this.boundaries(block.boundaries, around, isJob);
        return { ...block, id, boundaries };
      }
    }
  }

  private branches(
    all: readonly { readonly condition: Condition; readonly blocks: readonly Block[] }[],
    around: Around,
  ) {
    return all.map(({ condition, blocks }) => ({
      condition,
      blocks: this.blocks(blocks, around),
    }));
  }
}

type End = Extract<Block, { kind: 'endEvent' }>;

const endOf = ({ trigger, code }: End, { mayDie, caught }: Around): End['trigger'] => {
  if (trigger === 'error') return caught.has(code) || caught.has('*') ? 'error' : 'terminate';
  return mayDie ? trigger : 'terminate';
};

/** Whether a block puts an end event on its own level. */
const hasEnd = (block: Block): boolean => {
  switch (block.kind) {
    case 'endEvent':
      return true;
    case 'exclusiveGateway':
      return block.shape === 'choice' && block.branches.some(({ blocks }) => blocks.some(hasEnd));
    case 'parallelGateway':
    case 'inclusiveGateway':
      return block.branches.some(({ blocks }) => blocks.some(hasEnd));
    case 'eventBasedGateway':
      return block.arms.some(({ blocks }) => blocks.some(hasEnd));
    default:
      return 'boundaries' in block && block.boundaries.some(({ blocks }) => blocks.some(hasEnd));
  }
};

const hasCall = (level: Level): boolean => JSON.stringify(level).includes('"callActivity"');

/** Intermediate events need flows on both sides. */
const mayBePlain = (blocks: readonly Block[]): boolean => {
  const [first] = blocks;
  const last = blocks.at(-1);
  if (first === undefined || last === undefined || blocks.some(hasEnd)) return false;
  return ![first, last].some(({ kind }) => kind.startsWith('intermediate'));
};

/** A sound model from a random tree. Class: pure. */
export function settle(model: Model): Model {
  const around: Around = { mayDie: true, caught: new Set(), times: 1 };
  return { ...model, level: new Settler().level(model.level, around) };
}
