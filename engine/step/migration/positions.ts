/** Where the tokens of each level are, counted anew: another version may have joins where there were none (S27). */
import { own } from '../../model/index.js';
import type { Run } from '../run.js';
import { isHandler, occupy, positionOf } from '../tree.js';

/** Counts them for all levels, as the tree and the agenda have them. */
export function countPositions(run: Run): void {
  const { state } = run;
  for (const scopeId of Object.keys(state.positions)) run.dropAll('positions', scopeId);
  for (const instance of Object.values(state.elements)) {
    const { parentId } = instance;
    if (parentId === null || isHandler(run, instance)) continue;
    occupy(run, run.element(parentId), positionOf(instance), 1);
  }
  for (const move of state.agenda) {
    if (move.kind !== 'arrive') continue;
    const scope = own(state.elements, move.scopeId);
    if (scope !== undefined) occupy(run, scope, move.flowId ?? move.nodeId, 1);
  }
}
