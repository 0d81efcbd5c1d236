/** Reading exports. Class: side effect. */
import type { WholeExport } from '../../contracts/exports.js';
import type { Filter, ListedExport, Order } from '../../store/index.js';
import type { Operations } from './parts.js';
import { findExport } from './references.js';

/** The operations. */
export const EXPORT_READS: Operations<'searchExports' | 'getExport'> = {
  searchExports: async ({ customers }, { filter, sort, limit }) => {
    const { items, total } = await customers.searchExports({
      filter: filter as Filter,
      ...(sort && { sort: sort as unknown as readonly Order[] }),
      ...{ limit, withTotal: true },
    });
    return { items: items.map(shown), total: total ?? { count: items.length, isExact: true } };
  },
  getExport: async ({ customers }, { key }) => {
    const row = await findExport(customers, key);
    const downloads = row.isErased ? null : (row.downloads as WholeExport['downloads']);
    return { export: { ...shown(row), downloads } };
  },
};

function shown({ version: _version, ...row }: ListedExport): WholeExport {
  return { ...row, systems: row.systems as WholeExport['systems'], downloads: null };
}
