/** Reading exports. Class: side effect. */
import type { WholeExport } from '../../contracts/exports.js';
import type { ListedExport } from '../../store/index.js';
import type { Operations } from './parts.js';
import { readPage } from './read-page.js';
import { findExport } from './references.js';

/** The operations. */
export const EXPORT_READS: Operations<'searchExports' | 'getExport'> = {
  searchExports: async ({ customers }, input) => {
    const { items, total } = await readPage(customers.searchExports, input);
    return { items: items.map(shown), total };
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
