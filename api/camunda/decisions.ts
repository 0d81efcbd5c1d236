/** Decisions, and the files that they stand in, as Camunda's API has them. */
import { z } from 'zod';
import type { DecisionRequirements, ListedDecision } from '../../store/index.js';
import { TENANT } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { wireKey, wireTenant } from './wire-schemas.js';

const REQUIREMENTS_ROW = z
  .strictObject({
    ...{ decisionRequirementsId: z.string(), decisionRequirementsKey: wireKey },
    ...{ decisionRequirementsName: z.string(), resourceName: z.string() },
    ...{ tenantId: wireTenant, version: z.int() },
  })
  .meta({ id: 'CamundaDecisionRequirements' });

const DECISION_ROW = z
  .strictObject({
    ...{ decisionDefinitionId: z.string(), decisionDefinitionKey: wireKey, name: z.string() },
    ...{ decisionRequirementsId: z.string(), decisionRequirementsKey: wireKey },
    ...{ decisionRequirementsName: z.string(), decisionRequirementsVersion: z.int() },
    ...{ tenantId: wireTenant, version: z.int() },
  })
  .meta({ id: 'CamundaDecisionDefinition' });

/** How a file of decisions is named among keys. Class: pure. */
export const requirementsId = ({
  packageHash,
  path,
}: Pick<DecisionRequirements, 'packageHash' | 'path'>): string => `${packageHash}/${path}`;

export const REQUIREMENTS: Searched<DecisionRequirements> = {
  name: 'decision-requirements',
  row: REQUIREMENTS_ROW,
  fields: {
    decisionRequirementsId: { type: 'text', field: 'requirementsId' },
    decisionRequirementsName: { type: 'text', field: 'name' },
    decisionRequirementsKey: {
      ...{ type: 'key', kind: 'requirements', fields: ['packageHash', 'path'] },
    },
    version: { type: 'integer', field: 'version' },
    resourceName: { type: 'text', field: 'path' },
    tenantId: { type: 'tenant' },
  },
  search: ({ definitions }, query) => definitions.requirements.search(query as never),
  shape: async (store, rows) => {
    return keyed(store, rows, (row, keyOf) => ({
      decisionRequirementsId: row.requirementsId,
      decisionRequirementsKey: keyOf('requirements', requirementsId(row)),
      decisionRequirementsName: row.name ?? row.requirementsId,
      ...{ resourceName: row.path, tenantId: TENANT, version: row.version },
    }));
  },
};

export const DECISIONS: Searched<ListedDecision> = {
  name: 'decision-definitions',
  row: DECISION_ROW,
  fields: {
    decisionDefinitionId: { type: 'text', field: 'decisionId' },
    decisionDefinitionKey: {
      ...{ type: 'key', kind: 'decision', fields: ['packageHash', 'decisionId'] },
    },
    name: { type: 'text', field: 'name' },
    version: { type: 'integer', field: 'version' },
    isLatestVersion: { type: 'boolean', field: 'isLatest' },
    decisionRequirementsId: { type: 'text', field: 'requirementsId' },
    decisionRequirementsKey: {
      ...{ type: 'key', kind: 'requirements', fields: ['packageHash', 'path'] },
    },
    decisionRequirementsName: { type: 'text', field: 'requirementsName' },
    decisionRequirementsVersion: { type: 'integer', field: 'requirementsVersion' },
    tenantId: { type: 'tenant' },
  },
  search: ({ definitions }, query) => definitions.requirements.decisions(query as never),
  shape: async (store, rows) => {
    const idOf = ({ packageHash, decisionId }: ListedDecision): string =>
      `${packageHash}/${decisionId}`;
    return keyed(store, rows, (row, keyOf) => ({
      decisionDefinitionId: row.decisionId,
      decisionDefinitionKey: keyOf('decision', idOf(row)),
      name: row.name ?? row.decisionId,
      decisionRequirementsId: row.requirementsId,
      decisionRequirementsKey: keyOf('requirements', requirementsId(row)),
      decisionRequirementsName: row.requirementsName ?? row.requirementsId,
      decisionRequirementsVersion: row.requirementsVersion,
      ...{ tenantId: TENANT, version: row.version },
    }));
  },
};
