/** A decision that is tried out, as Camunda's API tells it. Nothing of it is kept. */
import { z } from 'zod';
import type { DecisionAccount } from '../../engine/decisions/index.js';
import type { Json } from '../../engine/model/index.js';
import type { ResourceDefinition, Store } from '../../store/index.js';
import { TENANT } from './fields.js';
import { keysFor } from './keys.js';
import { wireKey, wireTenant } from './wire-schemas.js';

const output = z.strictObject({
  ...{ outputId: z.string(), outputName: z.string(), outputValue: z.string() },
  ...{ ruleId: z.string(), ruleIndex: z.int() },
});
const rule = z.strictObject({
  ...{ ruleId: z.string(), ruleIndex: z.int(), evaluatedOutputs: z.array(output) },
});
const input = z.strictObject({
  ...{ inputId: z.string(), inputName: z.string(), inputValue: z.string() },
});
const of = {
  ...{ decisionDefinitionId: z.string(), decisionDefinitionKey: wireKey },
  ...{ decisionDefinitionName: z.string(), decisionDefinitionVersion: z.int() },
  ...{ output: z.string().describe('A text of JSON.'), tenantId: wireTenant },
};
const evaluated = z.strictObject({
  ...of,
  decisionDefinitionType: z.enum(['DECISION_TABLE', 'LITERAL_EXPRESSION', 'UNKNOWN']),
  ...{ matchedRules: z.array(rule), evaluatedInputs: z.array(input) },
  decisionEvaluationInstanceKey: z.string().regex(/^\d{1,25}-\d{1,5}$/),
});

/** What an evaluation came to. */
export const DECISION_EVALUATION = z.strictObject({
  ...of,
  ...{ decisionEvaluationKey: wireKey, decisionInstanceKey: wireKey },
  ...{ decisionRequirementsId: z.string(), decisionRequirementsKey: wireKey },
  evaluatedDecisions: z.array(evaluated),
  ...{ failedDecisionDefinitionId: z.string().nullable(), failureMessage: z.string().nullable() },
});

/** An evaluation, and what was said of it on the way. */
export interface Evaluated {
  readonly definition: ResourceDefinition;
  /** The request that asked for it. */
  readonly requestId: string;
  readonly accounts: readonly DecisionAccount[];
  /** `null` as well where it failed. */
  readonly value: Json;
  readonly failed: { readonly decisionId: string; readonly message: string } | null;
}

const TYPES = {
  table: 'DECISION_TABLE',
  literal: 'LITERAL_EXPRESSION',
  context: 'UNKNOWN',
} as const;

/** Puts it in the shape of the wire. Class: side effect (store: keys). */
export async function evaluationOf(
  store: Store,
  { definition, requestId, accounts, value, failed }: Evaluated,
): Promise<z.output<typeof DECISION_EVALUATION>> {
  const { packageHash, resourceId, version, name, path } = definition;
  const file = await requirementsOf(store, definition);
  const versions = await versionsIn(store, definition, accounts);
  const idOf = (id: string): string => `${packageHash}/${id}`;
  const keyOf = await keysFor(store, [
    ['decisionEvaluation', requestId],
    ['requirements', idOf(path)],
    ['decision', idOf(resourceId)],
    ...accounts.map(({ plan }) => ['decision', idOf(plan.id)] as const),
  ]);
  const evaluationKey = keyOf('decisionEvaluation', requestId);
  return {
    decisionDefinitionId: resourceId,
    decisionDefinitionKey: keyOf('decision', idOf(resourceId)),
    ...{ decisionDefinitionName: name ?? resourceId, decisionDefinitionVersion: version },
    ...{ decisionEvaluationKey: evaluationKey, decisionInstanceKey: evaluationKey },
    decisionRequirementsId: file,
    decisionRequirementsKey: keyOf('requirements', idOf(path)),
    evaluatedDecisions: accounts.map((account, index) => ({
      ...accountOf(account),
      decisionDefinitionKey: keyOf('decision', idOf(account.plan.id)),
      decisionDefinitionVersion: versions.get(account.plan.id) ?? version,
      decisionEvaluationInstanceKey: `${evaluationKey}-${index + 1}`,
    })),
    failedDecisionDefinitionId: failed?.decisionId ?? null,
    failureMessage: failed?.message ?? null,
    ...{ output: JSON.stringify(value), tenantId: TENANT },
  };
}

/** The id of the file that a decision stands in. */
async function requirementsOf(
  { definitions }: Store,
  { packageHash, path }: ResourceDefinition,
): Promise<string> {
  const { items } = await definitions.requirements.search({ filter: { packageHash, path } });
  return items[0]?.requirementsId ?? path;
}

/** Versions of what was evaluated: all of one file, and so of one deployment. */
async function versionsIn(
  { definitions }: Store,
  { packageHash }: ResourceDefinition,
  accounts: readonly DecisionAccount[],
): Promise<ReadonlyMap<string, number>> {
  const ids = accounts.map(({ plan }) => plan.id);
  if (ids.length === 0) return new Map();
  const filter = { packageHash, resourceId: { $in: ids } };
  const { items } = await definitions.decisions.search({ filter, limit: ids.length });
  return new Map(items.map((row) => [row.resourceId, row.version]));
}

/** Without what the store says of it. */
type Account = Omit<
  z.output<typeof evaluated>,
  'decisionDefinitionKey' | 'decisionDefinitionVersion' | 'decisionEvaluationInstanceKey'
>;

function accountOf({ plan, value, inputs, rules }: DecisionAccount): Account {
  const table = plan.logic.kind === 'table' ? plan.logic : null;
  const matched = rules.map(({ ruleId, outputs }) => {
    const at = { ruleId, ruleIndex: (table?.rules.findIndex(({ id }) => id === ruleId) ?? -1) + 1 };
    const evaluatedOutputs = (table?.outputs ?? [])
      .slice(0, outputs.length)
      .map(({ id, name }, index) => ({
        ...{ outputId: id, outputName: name, outputValue: JSON.stringify(outputs[index] ?? null) },
        ...at,
      }));
    return { ...at, evaluatedOutputs };
  });
  return {
    ...{ decisionDefinitionId: plan.id, decisionDefinitionName: plan.name ?? plan.id },
    decisionDefinitionType: TYPES[plan.logic.kind],
    output: JSON.stringify(value),
    ...({ tenantId: TENANT, matchedRules: matched } as const),
    evaluatedInputs: (table?.inputs ?? []).map(({ id, feel }, index) => ({
      ...{ inputId: id, inputName: feel, inputValue: JSON.stringify(inputs[index] ?? null) },
    })),
  };
}
