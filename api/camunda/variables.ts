/** Variables as Camunda's API has them: values are texts of JSON. */
import { z } from 'zod';
import { valueJson } from '../../contracts/values.js';
import type { VariableRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keysFor, rootOf } from './keys.js';
import type { Searched } from './search.js';
import { surroundingsOf } from './surroundings.js';
import { wireKey, wireTenant } from './wire-schemas.js';

/** Characters of a value in a list; more are cut, and that is said. */
const LONGEST = 8191;

/** One of its own: its value is whole. */
export const VARIABLE = z
  .strictObject({
    ...{ name: z.string(), tenantId: wireTenant, variableKey: wireKey, scopeKey: wireKey },
    ...{ processInstanceKey: wireKey, rootProcessInstanceKey: wireKey },
    value: valueJson(),
  })
  .meta({ id: 'CamundaVariable' });
const LISTED_VARIABLE = VARIABLE.extend({ isTruncated: z.boolean() }).meta({
  id: 'CamundaListedVariable',
});

/** @param isWhole - long values are not cut */
export const variablesCut = (isWhole: boolean): Searched<VariableRow> => ({
  name: 'variables',
  row: LISTED_VARIABLE,
  fields: {
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionKey: OF_DEFINITION,
    scopeKey: { type: 'scope' },
    name: { type: 'text', field: 'name' },
    tenantId: { type: 'tenant' },
  },
  search: ({ variables }, query) => variables.search(query as never),
  shape: async (store, rows) => {
    const { instance } = await surroundingsOf(
      store,
      rows.map(({ instanceId }) => instanceId),
    );
    const rootInstance = ({ instanceId }: VariableRow): string =>
      instance(instanceId)?.rootInstanceId ?? instanceId;
    const keyOf = await keysFor(
      store,
      rows.flatMap(
        (row) =>
          [
            ['variable', idOf(row)],
            scopeOf(row),
            ['processInstance', row.instanceId],
            ['processInstance', rootInstance(row)],
          ] as const,
      ),
    );
    return rows.map((row) => {
      const value = JSON.stringify(row.value);
      const isTruncated = !isWhole && value.length > LONGEST;
      return {
        ...{ name: row.name, tenantId: TENANT },
        variableKey: keyOf('variable', idOf(row)),
        scopeKey: keyOf(scopeOf(row)[0], scopeOf(row)[1]),
        processInstanceKey: keyOf('processInstance', row.instanceId),
        rootProcessInstanceKey: keyOf('processInstance', rootInstance(row)),
        value: isTruncated ? value.slice(0, LONGEST) : value,
        isTruncated,
      };
    });
  },
});

const idOf = ({ instanceId, scopeId, name }: VariableRow): string =>
  `${instanceId}/${scopeId}/${name}`;

/** The scope of the process itself is known by the key of the instance. */
const scopeOf = ({ instanceId, scopeId, processId }: VariableRow) =>
  scopeId === rootOf(processId) || scopeId === instanceId
    ? (['processInstance', instanceId] as const)
    : (['elementInstance', `${instanceId}/${scopeId}`] as const);
