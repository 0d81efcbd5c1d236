/** What a modification cancels or moves away: element instances, and tokens that wait at joins. Class: pure. */
import { type Fault, fault } from '../../errors/index.js';
import {
  type ElementInstance,
  type JoinPlan,
  type ModificationSource,
  own,
} from '../../model/index.js';
import { waitingAtJoin } from '../joins.js';
import type { Run } from '../run.js';
import type { Living } from './living.js';

/** Tokens that wait for a join on one of its flows. */
export interface WaitingTokens {
  readonly scope: ElementInstance;
  readonly join: JoinPlan;
  readonly flowId: string;
  readonly tokens: number;
}

/** Something that ends. */
export type Source =
  | { readonly kind: 'instance'; readonly instance: ElementInstance }
  | ({ readonly kind: 'waiting' } & WaitingTokens);

/** What a source is called in the journal, and told from the others by. */
export const nameOf = (source: Source): string =>
  source.kind === 'instance'
    ? source.instance.id
    : `${source.join.nodeId}/${source.flowId} in ${source.scope.id}`;

/** How many tokens a source is. */
export const tokensOf = (source: Source): number =>
  source.kind === 'instance' ? 1 : source.tokens;

/**
 * What an instruction means.
 *
 * @param instruction - how it is called, for the fault
 */
export function findSources(
  run: Run,
  living: Living,
  source: ModificationSource,
  instruction: string,
): readonly Source[] | Fault {
  if ('elementInstanceId' in source) return named(run, source.elementInstanceId, instruction);
  const { elementId } = source;
  if (elementId === run.process.id) return notTheInstance(run, instruction);
  if (own(run.process.nodes, elementId) === undefined) {
    return fault('MODIFICATION_ELEMENT_UNKNOWN', {
      instruction,
      process: run.process.id,
      element: elementId,
    });
  }
  // Of a multi-instance activity the body is the activity; one of its inner instances is named by its id.
  const instances = living.of(elementId).filter(({ index }) => index === null);
  const found: readonly Source[] = [
    ...instances.map((instance) => ({ kind: 'instance', instance }) as const),
    ...waitingFor(run, living, elementId),
  ];
  if (found.length > 0) return found;
  return notLive(instruction, elementId, 'holds no token');
}

const named = (run: Run, id: string, instruction: string): readonly Source[] | Fault => {
  const instance = own(run.state.elements, id);
  if (instance === undefined) {
    return notLive(instruction, id, own(run.state.endedTasks, id)?.fate ?? 'is not live');
  }
  if (instance.parentId === null) return notTheInstance(run, instruction);
  return [{ kind: 'instance', instance }];
};

const waitingFor = (run: Run, living: Living, elementId: string): readonly Source[] => {
  const { node, join } = run.stop(elementId);
  if (join === null) return [];
  return living
    .of(node.scopeId)
    .filter(({ role }) => role === 'scope')
    .flatMap((scope) =>
      waitingAtJoin(run, scope, join).map(
        (waiting) => ({ kind: 'waiting', scope, join, ...waiting }) as const,
      ),
    );
};

const notLive = (instruction: string, source: string, fate: string): Fault =>
  fault('MODIFICATION_SOURCE_UNKNOWN', { instruction, source, fate });

const notTheInstance = (run: Run, instruction: string): Fault =>
  fault('MODIFICATION_OF_ALL', { instruction, process: run.process.id });
