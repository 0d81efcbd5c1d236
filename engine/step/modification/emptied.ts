/**
 * Scopes from which a modification takes the last that lives in them: they end with it, for nothing would be left that
 * could complete them (S97). A multi-instance body counts on and ends by its own rules. Class: pure.
 */
import type { ElementInstance } from '../../model/index.js';
import type { Run } from '../run.js';
import { isHandler } from '../tree.js';
import { type Source, tokensOf } from './sources.js';

/** What leaves a scope. */
interface Loss {
  tokens: number;
  handlers: number;
  /** Whether any of it was what the scope lived on: tokens, or a handler that has taken their place. */
  isMain: boolean;
}

/**
 * The scopes that are emptied, each by its id.
 *
 * @param kept - ids of scopes in which tokens are placed
 */
export function emptiedScopes(
  run: Run,
  sources: readonly Source[],
  kept: ReadonlySet<string>,
): ReadonlyMap<string, ElementInstance> {
  const emptied = new Map<string, ElementInstance>();
  const losses = new Map<string, Loss>();
  const take = (scope: ElementInstance, tokens: number, handler: ElementInstance | null): void => {
    const loss = losses.get(scope.id) ?? { tokens: 0, handlers: 0, isMain: false };
    loss.tokens += tokens;
    loss.handlers += handler === null ? 0 : 1;
    loss.isMain ||= handler === null || isInterrupting(run, scope, handler);
    losses.set(scope.id, loss);
    if (kept.has(scope.id) || !isEmpty(scope, loss)) return;
    emptied.set(scope.id, scope);
    if (scope.parentId !== null) leave(scope);
  };
  const leave = (instance: ElementInstance): void => {
    const parent = run.element(instance.parentId as string);
    const isHandled = isHandler(run, instance);
    take(parent, isHandled ? 0 : 1, isHandled ? instance : null);
  };
  for (const source of sources) {
    if (source.kind === 'instance') leave(source.instance);
    else take(source.scope, tokensOf(source), null);
  }
  return emptied;
}

const isEmpty = ({ role, live, handlers }: ElementInstance, loss: Loss): boolean =>
  role === 'scope' && loss.isMain && loss.tokens === live && loss.handlers === handlers;

const isInterrupting = (run: Run, scope: ElementInstance, { elementId }: ElementInstance) =>
  run
    .plan(scope.elementId)
    .eventSubProcesses.some(({ id, isInterrupting: ends }) => id === elementId && ends);
