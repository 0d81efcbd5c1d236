/** Cases as they are searched: instances that nobody called; of one customer, where one is named. */
import { type CaseReads, caseRows } from '../../case-files/index.js';
import { caseRow } from '../../contracts/cases.js';
import type { ProcessInstance } from '../../store/index.js';
import type { WireFields } from '../camunda/fields.js';
import type { Searched } from '../camunda/search.js';

const FIELDS: WireFields = {
  caseId: { type: 'text', field: 'instanceId' },
  processId: { type: 'text', field: 'processId' },
  version: { type: 'integer', field: 'definitionVersion' },
  state: { type: 'text', field: 'state' },
  businessKey: { type: 'text', field: 'businessKey' },
  startedAt: { type: 'instant', field: 'startedAt' },
  endedAt: { type: 'instant', field: 'endedAt' },
};

/** How they are searched. */
export const casesOf = (
  reads: Pick<CaseReads, 'record'>,
  customerId: string | null,
): Searched<ProcessInstance> => ({
  // A cursor of one customer is none of another.
  ...{ name: `cases ${customerId ?? ''}`, fields: FIELDS, row: caseRow },
  search: ({ processInstances }, query) => {
    const { filter, ...rest } = query;
    const own = { ...filter, callerInstanceId: null };
    const of = customerId === null ? {} : { ofCustomer: customerId };
    return processInstances.search({ ...rest, filter: own, ...of } as never);
  },
  shape: (store, rows) => caseRows({ store, record: reads.record }, rows),
});
