/** Batch operations, and what they were done to, as Camunda's API has them. */
import { z } from 'zod';
import {
  BATCH_ITEM_STATES,
  BATCH_STATES,
  BATCH_TYPES,
  type BatchType,
} from '../../contracts/batches.js';
import { codedText } from '../../contracts/values.js';
import type { BatchItemRow, BatchRow } from '../../store/index.js';
import type { WireFields } from './fields.js';
import { keyed } from './keys.js';
import type { Searched } from './search.js';
import { wireInstant, wireKey } from './wire-schemas.js';

/** States are called there as they are here; a batch that could not be begun is none. */
const same = (states: readonly string[]) => Object.fromEntries(states.map((one) => [one, [one]]));

const BATCH_FIELDS: WireFields = {
  batchOperationKey: { type: 'key', kind: 'batchOperation', field: 'batchId' },
  operationType: { type: 'text', field: 'type' },
  state: { type: 'state', field: 'state', values: { ...same(BATCH_STATES), FAILED: [] } },
  actorType: { type: 'constant', value: 'USER' },
  actorId: { type: 'text', field: 'actor' },
};

const BATCH = z
  .strictObject({
    ...{ batchOperationKey: wireKey, state: z.enum([...BATCH_STATES, 'FAILED']) },
    ...{ batchOperationType: z.enum(BATCH_TYPES), startDate: wireInstant },
    ...{ endDate: wireInstant.nullable(), actorType: z.literal('USER').nullable() },
    ...{ actorId: z.string().nullable(), operationsTotalCount: z.int() },
    ...{ operationsFailedCount: z.int(), operationsCompletedCount: z.int() },
    errors: z.array(z.never()),
  })
  .meta({ id: 'CamundaBatchOperation' });

export const BATCHES: Searched<BatchRow> = {
  name: 'batch-operations',
  row: BATCH,
  fields: BATCH_FIELDS,
  sorts: {
    ...BATCH_FIELDS,
    startDate: { type: 'instant', field: 'begunAt' },
    endDate: { type: 'instant', field: 'endedAt' },
  },
  search: ({ batches }, query) => batches.search(query as never),
  shape: async (store, rows) => {
    return keyed(store, rows, (row, keyOf) => ({
      batchOperationKey: keyOf('batchOperation', row.batchId),
      state: row.state,
      batchOperationType: row.type,
      startDate: row.begunAt,
      endDate: row.endedAt,
      actorType: row.actor === null ? null : 'USER',
      actorId: row.actor,
      operationsTotalCount: row.total,
      operationsFailedCount: row.failed,
      operationsCompletedCount: row.completed,
      errors: [],
    }));
  },
};

const ITEM_FIELDS: WireFields = {
  batchOperationKey: { type: 'key', kind: 'batchOperation', field: 'batchId' },
  itemKey: { type: 'item', field: 'itemId' },
  processInstanceKey: { type: 'key', kind: 'processInstance', field: 'instanceId' },
  state: { type: 'state', field: 'state', values: same(BATCH_ITEM_STATES) },
};

const ITEM = z
  .strictObject({
    ...{ operationType: z.enum(BATCH_TYPES), batchOperationKey: wireKey, itemKey: wireKey },
    ...{ processInstanceKey: wireKey, rootProcessInstanceKey: wireKey },
    ...{ state: z.enum(BATCH_ITEM_STATES), processedDate: wireInstant.nullable() },
    errorMessage: codedText().nullable(),
  })
  .meta({ id: 'CamundaBatchOperationItem' });

export const BATCH_ITEMS: Searched<BatchItemRow> = {
  name: 'batch-operation-items',
  row: ITEM,
  fields: ITEM_FIELDS,
  sorts: {
    ...ITEM_FIELDS,
    itemKey: { type: 'text', field: 'itemId' },
    processedDate: { type: 'instant', field: 'processedAt' },
  },
  search: ({ batches }, query) => batches.searchItems(query as never),
  shape: async (store, rows) => {
    return keyed(store, rows, (row, keyOf) => ({
      operationType: row.type,
      batchOperationKey: keyOf('batchOperation', row.batchId),
      itemKey: keyOf(kindOf(row.type), row.itemId),
      processInstanceKey: keyOf('processInstance', row.instanceId),
      rootProcessInstanceKey: keyOf('processInstance', row.rootInstanceId ?? row.instanceId),
      state: row.state,
      processedDate: row.processedAt,
      errorMessage: errorOf(row),
    }));
  },
};

const kindOf = (type: BatchType) => (type === 'RESOLVE_INCIDENT' ? 'incident' : 'processInstance');

const errorOf = ({ code, message }: BatchItemRow): string | null =>
  code === null ? null : message === null ? code : `${code}: ${message}`;
