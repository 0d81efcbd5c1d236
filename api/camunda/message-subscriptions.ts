/** Messages that instances wait for, as Camunda's API has them. */
import { z } from 'zod';
import { valueText } from '../../contracts/values.js';
import { type SubscriptionRow, subscriptionState } from '../../store/index.js';
import { OF_DEFINITION, TENANT } from './fields.js';
import { keyed, rootOf } from './keys.js';
import type { Searched } from './search.js';
import { inProcess, surroundingsOf } from './surroundings.js';
import { wireInstant, wireKey, wireTenant } from './wire-schemas.js';

const STATES = {
  CREATED: ['OPEN'],
  CORRELATED: ['TAKEN'],
  DELETED: ['CLOSED'],
  MIGRATED: [],
} as const;

const WIRE_STATES = { OPEN: 'CREATED', TAKEN: 'CORRELATED', CLOSED: 'DELETED' } as const;

const ROW = z
  .strictObject({
    ...{ messageSubscriptionKey: wireKey, processDefinitionId: z.string() },
    ...{ processDefinitionKey: wireKey, processInstanceKey: wireKey },
    ...{ rootProcessInstanceKey: wireKey, elementId: z.string(), elementInstanceKey: wireKey },
    messageSubscriptionState: z.enum(['CREATED', 'CORRELATED', 'DELETED']),
    ...{ lastUpdatedDate: wireInstant, messageName: z.string() },
    // Null where the name alone matches, and where the customer was erased.
    correlationKey: valueText().nullable(),
    tenantId: wireTenant,
  })
  .meta({ id: 'CamundaMessageSubscription' });

const subscriptionId = (row: SubscriptionRow): string => `${row.instanceId}/${row.subscriptionId}`;
/** A message that a whole process waits for is waited for by its instance. */
const holderId = (row: SubscriptionRow): string =>
  `${row.instanceId}/${row.elementInstanceId ?? rootOf(row.processId)}`;

export const MESSAGE_SUBSCRIPTIONS: Searched<SubscriptionRow> = {
  name: 'message-subscriptions',
  row: ROW,
  fields: {
    messageSubscriptionKey: {
      type: 'key',
      kind: 'messageSubscription',
      fields: ['instanceId', 'subscriptionId'],
    },
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    processDefinitionId: { type: 'text', field: 'processId' },
    processDefinitionKey: OF_DEFINITION,
    elementId: { type: 'text', field: 'elementId' },
    elementInstanceKey: {
      type: 'key',
      kind: 'elementInstance',
      fields: ['instanceId', 'elementInstanceId'],
    },
    messageSubscriptionState: { type: 'state', field: 'state', values: STATES },
    messageName: { type: 'text', field: 'name' },
    tenantId: { type: 'tenant' },
  },
  // What is found by its state is sorted by when it began to wait.
  sorts: {
    processDefinitionId: { type: 'text', field: 'processId' },
    processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
    elementId: { type: 'text', field: 'elementId' },
    messageName: { type: 'text', field: 'name' },
  },
  search: ({ subscriptions }, query) =>
    subscriptions.search({ ...query, filter: { ...query.filter, kind: 'message' } } as never),
  shape: async (store, rows) => {
    const around = await surroundingsOf(store, rows);
    return keyed(store, rows, (row, keyOf) => ({
      ...inProcess(row, around, keyOf),
      messageSubscriptionKey: keyOf('messageSubscription', subscriptionId(row)),
      elementId: row.elementId ?? row.processId,
      elementInstanceKey: keyOf('elementInstance', holderId(row)),
      messageSubscriptionState: WIRE_STATES[subscriptionState(row)],
      lastUpdatedDate: row.closedAt ?? row.takenAt ?? row.openedAt,
      messageName: row.name,
      correlationKey: row.key === '' ? null : row.key,
      tenantId: TENANT,
    }));
  },
};
