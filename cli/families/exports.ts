/** What is done with exports of customers' data: they are listed, shown, and checked as files. */
import { DATA, type Declaration, FIELDS, LIST, type Verb } from '../declaration.js';

const exports = () => import('../commands/exports.js');

/** Lists them. */
export const SEARCH_EXPORTS: Declaration = {
  usage: 'exports',
  alias: 'export',
  does: 'exports of customers’ data, newest first',
  example: 'jornada search exports --state in-progress',
  flags: [
    ...LIST,
    [
      '--state <state>',
      'pending, approved, denied, duplicate, in-progress, needs-a-person, delivered, confirmed, expired',
    ],
    ['--customer <id>', 'of this customer'],
  ],
  load: async () => (await exports()).searchExports,
};

/** Shows one. */
export const GET_EXPORT: Declaration = {
  usage: 'exports <key>',
  alias: 'export',
  does: 'an export, what it holds, and who fetched it; key: its id, or a beginning or end of it',
  example: 'jornada get exports 5bd0a8fc',
  flags: [...DATA, ...FIELDS],
  load: async () => (await exports()).getExport,
};

/** Its verbs. */
export const EXPORTS: readonly Verb[] = [
  [
    'verify',
    'see whether a file is whole',
    'jornada verify exports export.zip',
    [
      {
        usage: 'exports <file>',
        alias: 'export',
        does: 'the package of an export: every SHA-256, count and schema; needs no engine',
        example: 'jornada verify exports export.zip',
        flags: [],
        load: async () => (await import('../commands/verify-export.js')).verifyExport,
      },
    ],
  ],
];
