/** Modifications as Camunda's API has them, as ours. */
import { z } from 'zod';
import type { OperationInput } from '../../contracts/control.js';
import type { Store } from '../../store/index.js';
import { Problem } from '../problem.js';
import { operationReference, variables } from './asking.js';
import { idsOf, partsOf } from './keys.js';

const id = z.string().min(1).max(500);
const key = z.string().regex(/^-?\d{1,25}$/);
const variableInstructions = z
  .array(z.strictObject({ variables, scopeId: z.string().max(500).optional() }))
  .max(1000)
  .default([]);
/** Without a key of an ancestor. */
const NONE = '-1';

const source = z.union([
  z.strictObject({ sourceType: z.literal('byId'), sourceElementId: id }),
  z.strictObject({ sourceType: z.literal('byKey'), sourceElementInstanceKey: key }),
]);
const ancestor = z.union([
  z.strictObject({ ancestorScopeType: z.literal('direct'), ancestorElementInstanceKey: key }),
  z.strictObject({ ancestorScopeType: z.enum(['inferred', 'sourceParent']) }),
]);

/** The body. */
export const MODIFICATION = z.strictObject({
  operationReference,
  activateInstructions: z
    .array(
      z.strictObject({
        elementId: id,
        variableInstructions,
        ancestorElementInstanceKey: key.optional(),
      }),
    )
    .max(1000)
    .default([]),
  moveInstructions: z
    .array(
      z.strictObject({
        sourceElementInstruction: source,
        targetElementId: id,
        ancestorScopeInstruction: ancestor.optional(),
        variableInstructions,
      }),
    )
    .max(1000)
    .default([]),
  terminateInstructions: z
    .array(
      z.union([z.strictObject({ elementId: id }), z.strictObject({ elementInstanceKey: key })]),
    )
    .max(1000)
    .default([]),
});

type Wanted = z.output<typeof MODIFICATION>;
type Ours = Pick<OperationInput<'modifyInstance'>, 'cancellations' | 'activations' | 'moves'>;
type Target = NonNullable<Ours['activations']>[number];

/** Says it as ours. Errors: `NOT_FOUND` for keys of nothing. */
export async function modificationOf(store: Store, wanted: Wanted): Promise<Ours> {
  /** An element instance by its key; the process itself, by that of its instance, is the default. */
  const instanceOf = async (wire: string): Promise<string | null> => {
    const [element = null] = await idsOf(store, 'elementInstance', [wire]);
    if (element !== null) return partsOf(element).rest;
    const [process = null] = await idsOf(store, 'processInstance', [wire]);
    if (process === null) throw new Problem('NOT_FOUND');
    return null;
  };
  const ancestorOf = async (wire: string | undefined): Promise<string | null> =>
    wire === undefined || wire === NONE ? null : instanceOf(wire);
  const targetOf = async (
    elementId: string,
    ancestorKey: string | undefined,
    instructions: Wanted['activateInstructions'][number]['variableInstructions'],
  ): Promise<Target> => ({
    elementId,
    ancestorId: await ancestorOf(ancestorKey),
    variables: instructions.map((one) => ({
      scopeId: one.scopeId || null,
      variables: one.variables,
    })),
  });
  const activations: Target[] = [];
  for (const {
    elementId,
    ancestorElementInstanceKey,
    variableInstructions: of,
  } of wanted.activateInstructions) {
    activations.push(await targetOf(elementId, ancestorElementInstanceKey, of));
  }
  const moves: NonNullable<Ours['moves']>[number][] = [];
  for (const move of wanted.moveInstructions) {
    const { sourceElementInstruction: from, ancestorScopeInstruction: scope } = move;
    const scopeKey =
      scope?.ancestorScopeType === 'direct' ? scope.ancestorElementInstanceKey : undefined;
    moves.push({
      from:
        from.sourceType === 'byId'
          ? { elementId: from.sourceElementId }
          : { elementInstanceId: (await instanceOf(from.sourceElementInstanceKey)) ?? '' },
      to: await targetOf(move.targetElementId, scopeKey, move.variableInstructions),
    });
  }
  const cancellations: NonNullable<Ours['cancellations']>[number][] = [];
  for (const one of wanted.terminateInstructions) {
    if ('elementId' in one) cancellations.push({ elementId: one.elementId });
    else {
      const elementInstanceId = await instanceOf(one.elementInstanceKey);
      if (elementInstanceId === null) throw new Problem('NOT_FOUND');
      cancellations.push({ elementInstanceId });
    }
  }
  return { activations, moves, cancellations };
}
