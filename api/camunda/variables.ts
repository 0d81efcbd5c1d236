/** Variables as Camunda's API has them: values are texts of JSON. */
import { z } from 'zod';
import { valueJson } from '../../contracts/values.js';
import type { VariableRow } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { type KeyOf, keyed, rootOf } from './keys.js';
import type { Searched } from './search.js';
import { inTree, surroundingsOf } from './surroundings.js';
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
    const around = await surroundingsOf(store, rows);
    return keyed(store, rows.map(withText), ({ row, text }, keyOf) => {
      const isTruncated = !isWhole && text.length > LONGEST;
      return {
        ...{ name: row.name, tenantId: TENANT, ...inTree(row, around, keyOf) },
        variableKey: keyOf('variable', idOf(row)),
        scopeKey: scopeKey(row, keyOf),
        value: isTruncated ? text.slice(0, LONGEST) : text,
        isTruncated,
      };
    });
  },
});

/** A value may be long: its text is made once. */
const withText = (row: VariableRow) => ({ row, text: JSON.stringify(row.value) });

const idOf = ({ instanceId, scopeId, name }: VariableRow): string =>
  `${instanceId}/${scopeId}/${name}`;

/** The scope of the process itself is known by the key of the instance. */
const scopeKey = ({ instanceId, scopeId, processId }: VariableRow, keyOf: KeyOf): string =>
  scopeId === rootOf(processId) || scopeId === instanceId
    ? keyOf('processInstance', instanceId)
    : keyOf('elementInstance', `${instanceId}/${scopeId}`);
