/** Expressions and decisions tried out by Camunda's API: with what is sent, at the time of the server, and nothing is kept. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type DecisionAccount,
  type DecisionWatch,
  evaluateDecision,
} from '../../../engine/decisions/index.js';
import {
  checkExpression,
  type EvaluationScope,
  evaluate,
  LIMITS,
} from '../../../engine/expressions/index.js';
import { type Json, own } from '../../../engine/model/index.js';
import type { ResourceDefinition, Store } from '../../../store/index.js';
import { askerOf, camundaOf, tenantId, variables } from '../../camunda/asking.js';
import { DECISION_EVALUATION, evaluationOf } from '../../camunda/decision-evaluation.js';
import { A_DECISION_EVALUATION } from '../../camunda/examples.js';
import { invalid } from '../../camunda/fields.js';
import { idOfKey, partsOf } from '../../camunda/keys.js';
import { wireKey } from '../../camunda/wire-schemas.js';
import type { AppState } from '../../deps.js';
import { inputOf } from '../../input.js';
import { type About, answers, sent } from '../../openapi/about.js';
import { addRoute } from '../../plugins/routes.js';
import { Problem } from '../../problem.js';

const EXPRESSION = z.strictObject({
  // Behind the sign that it is one.
  expression: z
    .string()
    .min(1)
    .max(LIMITS.sourceLength + 1),
  variables: variables.nullable().default({}),
  tenantId,
});
const WARNING = z.strictObject({ message: z.string() });
const RESULT = z.strictObject({
  ...{ expression: z.string(), result: z.json(), warnings: z.array(WARNING) },
});

const given = { variables: variables.default({}), tenantId };
const DECISION = z.union([
  z.strictObject({ decisionDefinitionId: z.string().min(1).max(500), ...given }),
  z.strictObject({ decisionDefinitionKey: wireKey, ...given }),
]);

const ABOUT = {
  evaluateExpression: {
    summary: 'Evaluates an expression with the variables that are sent',
    says: 'FEEL stands behind `=`; any other text is itself. What the data does not allow gives null, and a warning that begins with its code.',
    body: sent(EXPRESSION, { expression: '=x + y', variables: { x: 1, y: 2 } }),
    answers: answers(RESULT, { expression: '=x + y', result: 3, warnings: [] }),
  },
  evaluateDecision: {
    summary: 'Evaluates a deployed decision with the variables that are sent',
    says: 'By its id the newest version; by its key the version of that key. An evaluation that fails is told in `failureMessage`.',
    body: sent(DECISION, {
      decisionDefinitionId: 'Decision_Priority',
      variables: { plan: 'gold' },
    }),
    answers: answers(DECISION_EVALUATION, A_DECISION_EVALUATION),
    errors: ['NOT_FOUND'],
  },
} satisfies Record<string, About>;

const MOST_BODY = 300_000;

/** Adds them. */
export function addEvaluations(app: FastifyInstance, state: AppState): void {
  const large = { bodyLimit: MOST_BODY };
  addRoute(
    app,
    'evaluateExpression',
    ABOUT.evaluateExpression,
    async (request, reply) => {
      const { expression, variables: values } = inputOf(EXPRESSION, request.body);
      const found = resultOf(expression, scopeOf(request, values ?? {}));
      return reply.code(200).send({ expression, ...found });
    },
    large,
  );
  addRoute(
    app,
    'evaluateDecision',
    ABOUT.evaluateDecision,
    async (request, reply) => reply.code(200).send(await decide(state, request)),
    large,
  );
}

/** What an expression gives. Errors: `INPUT_INVALID`. Class: pure. */
function resultOf(
  expression: string,
  scope: EvaluationScope,
): Omit<z.output<typeof RESULT>, 'expression'> {
  if (!expression.startsWith('=')) return { result: expression, warnings: [] };
  const source = expression.slice(1);
  const [problem] = checkExpression(source);
  if (problem) throw invalid('expression', `${problem.code}: ${problem.message}`);
  const found = evaluate(source, scope);
  if (found.ok) return { result: found.value as z.output<typeof RESULT>['result'], warnings: [] };
  return { result: null, warnings: [{ message: `${found.code}: ${found.message}` }] };
}

async function decide(state: AppState, request: FastifyRequest): Promise<object> {
  const { store, registry } = camundaOf(state, request);
  const asked = inputOf(DECISION, request.body);
  const definition = await definitionOf(store, asked);
  if (definition === null) throw new Problem('NOT_FOUND');
  const plans = await registry.decisions(definition.packageHash, definition.path);
  const accounts: DecisionAccount[] = [];
  let stoppedAt = definition.resourceId;
  const watch: DecisionWatch = {
    evaluated: (account) => accounts.push(account),
    failed: (decisionId) => {
      stoppedAt = decisionId;
    },
  };
  const scope = scopeOf(request, asked.variables);
  const result = evaluateDecision(plans, definition.resourceId, scope, watch);
  const { requestId } = askerOf(request);
  const evaluated = { definition, requestId, accounts };
  if (result.ok) return evaluationOf(store, { ...evaluated, value: result.value, failed: null });
  const { code, message } = result.fault;
  const failed = { decisionId: stoppedAt, message: `${code}: ${message}` };
  return evaluationOf(store, { ...evaluated, value: null, failed });
}

/** The newest version of an id, or the one that a key is of. Errors: `NOT_FOUND`. */
async function definitionOf(
  store: Store,
  asked: z.output<typeof DECISION>,
): Promise<ResourceDefinition | null> {
  const { decisions } = store.definitions;
  if ('decisionDefinitionId' in asked) return decisions.latest(asked.decisionDefinitionId);
  const id = await idOfKey(store, 'decision', asked.decisionDefinitionKey);
  const { instanceId: hash, rest } = partsOf(id);
  return decisions.byHash(rest, hash);
}

const scopeOf = (
  request: FastifyRequest,
  values: Readonly<Record<string, Json>>,
): EvaluationScope => ({
  ...{ at: new Date().toISOString(), zone: 'UTC', seed: request.id },
  lookup: (name) => own(values, name),
});
