/** What a calm script lets happen, read off a model. */
import type { Block, Boundary, Handler, Level, Model } from './model.js';

export interface Plan {
  /** Events beside the flow that happen once for each host; `rank` orders those of one host. */
  readonly fired: ReadonlyMap<string, { readonly rank: number }>;
  /** Elements whose wait is served. */
  readonly served: ReadonlySet<string>;
  /** Codes that jobs throw, by element. */
  readonly errors: ReadonlyMap<string, string>;
}

/** The code that a job throws to be caught by this event: one that nothing else catches, for a catch-all. */
export const thrownFor = ({ code }: Pick<Boundary, 'code'>): string => code ?? 'EX';

class Planner {
  readonly fired = new Map<string, { readonly rank: number }>();
  readonly served = new Set<string>();
  readonly errors = new Map<string, string>();

  level({ blocks, handlers }: Level): void {
    for (const handler of handlers) {
      this.catch(handler, `${handler.id}_start`, 2);
      this.level(handler.level);
    }
    this.blocks(blocks);
  }

  private catch(
    { trigger, isFired, isInterrupting }: Boundary | Handler,
    id: string,
    rank: number,
  ) {
    if (!isFired || trigger === 'error' || trigger === 'escalation') return;
    this.fired.set(id, { rank: rank + (isInterrupting ? 1 : 0) });
  }

  private blocks(blocks: readonly Block[]): void {
    for (const block of blocks) this.block(block);
  }

  private block(block: Block): void {
    this.served.add(block.id);
    if ('boundaries' in block) this.boundaries(block.id, block.boundaries);
    if ('level' in block) this.level(block.level);
    if ('branches' in block) for (const branch of block.branches) this.blocks(branch.blocks);
    if (block.kind !== 'eventBasedGateway') return;
    for (const [index, arm] of block.arms.entries()) {
      if (index === block.chosen) this.served.add(arm.id);
      this.blocks(arm.blocks);
    }
  }

  private boundaries(host: string, boundaries: readonly Boundary[]): void {
    for (const boundary of boundaries) {
      this.catch(boundary, boundary.id, 0);
      const { trigger, isFired } = boundary;
      if (isFired && trigger === 'error') this.errors.set(host, thrownFor(boundary));
      this.blocks(boundary.blocks);
    }
  }
}

/** Class: pure. */
export function planOf({ level }: Model): Plan {
  const planner = new Planner();
  planner.level(level);
  return planner;
}
