/** Pages as the operations of the control socket ask for them. Class: side effect (reads). */
import type { OperationRequest } from '../../contracts/control.js';
import type { Filter, Order, Page, Search } from '../../store/index.js';

type Asked = OperationRequest<'searchTasks'>;

/** A search that was asked for; its fields are judged by whoever searches. */
export type SearchRequest = Pick<Asked, 'filter' | 'sort' | 'limit'> & Partial<Asked>;

/** One page, with how many there are in all. */
export async function readPage<Row extends object, F extends string>(
  search: (query: Search<F>) => Promise<Page<Row>>,
  { filter, sort, limit, variables }: SearchRequest,
) {
  const query = {
    filter: filter as Filter<F>,
    ...(sort && { sort: sort as unknown as readonly Order<F>[] }),
    ...{ limit, withTotal: true },
    ...(variables && { variables }),
  };
  const { items, total } = await search(query);
  return { items, total: total ?? { count: items.length, isExact: true } };
}
