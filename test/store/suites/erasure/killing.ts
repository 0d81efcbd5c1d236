/** Side effects that are killed at a call of theirs, and done again. */
import type { SideEffectDeps } from '../../../../activities/side-effects.js';

export class Killed extends Error {}

/** Every call of a port counts, and the one that is due is the last thing the process does: half of them never happen. */
export function interrupting(
  deps: SideEffectDeps,
  onCall: (run: () => unknown) => unknown,
): SideEffectDeps {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, name) => {
        const held: unknown = Reflect.get(of, name);
        if (typeof held === 'function') {
          return (...given: unknown[]) =>
            onCall(() => (held as (...all: unknown[]) => unknown)(...given));
        }
        return held !== null && typeof held === 'object' ? wrap(held) : held;
      },
    });
  return { ...deps, erasure: wrap(deps.erasure), effects: wrap(deps.effects) };
}

export async function countCalls(
  deps: SideEffectDeps,
  work: (counting: SideEffectDeps) => Promise<void>,
): Promise<number> {
  let calls = 0;
  await work(
    interrupting(deps, (run) => {
      calls += 1;
      return run();
    }),
  );
  return calls;
}

export function killedAt(deps: SideEffectDeps, point: number, isAfter = point % 2 !== 0) {
  let calls = 0;
  const killing = interrupting(deps, async (run) => {
    calls += 1;
    if (calls === point && !isAfter) throw new Killed('before it happened');
    const result = await run();
    if (calls === point) throw new Killed('after it happened');
    return result;
  });
  return { killing, wasKilled: () => calls >= point };
}

/** Whoever was killed is run again, as Temporal does. */
export async function twice<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return step();
  }
}
