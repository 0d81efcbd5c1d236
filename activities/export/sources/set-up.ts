/** What was set up for the customer: contracts, tenants, licences, entitlements, access. */
import type { Store } from '../../../store/index.js';
import type { Column, Source } from '../source.js';

const COLUMNS: readonly Column[] = [
  { name: 'resourceId', type: 'text', says: 'UUIDv7', isOptional: false, class: 'I' },
  { name: 'kind', type: 'text', says: 'what it is', isOptional: false, class: 'I' },
  { name: 'state', type: 'text', says: 'whether it is in use', isOptional: false, class: 'I' },
  { name: 'detail', type: 'json', says: 'what is known of it', isOptional: false, class: 'I' },
  { name: 'createdAt', type: 'instant', says: 'when it was made', isOptional: false, class: 'I' },
  { name: 'endedAt', type: 'instant', says: 'when it was ended', isOptional: true, class: 'I' },
];

/** Makes the source. */
export function setUpSource({ setUp }: Pick<Store, 'setUp'>): Source {
  return {
    id: 'set-up',
    datasets: [
      {
        name: 'resources',
        says: 'what was set up for the customer',
        columns: COLUMNS,
        pages: async function* ({ customerId, cutOff }) {
          for await (const page of setUp(customerId, cutOff)) {
            yield page.map(({ resourceId, kind, state, detail, createdAt, endedAt }) => ({
              ...{ resourceId, kind, state, detail, createdAt, endedAt },
            }));
          }
        },
      },
    ],
  };
}
