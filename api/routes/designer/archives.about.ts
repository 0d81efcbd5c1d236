/** What the routes of several files of a draft are told as. Class: data. */
import { z } from 'zod';
import { changedFiles, fileChanges, uploaded } from '../../../contracts/designer.js';
import { type About, answers, file, sent } from '../../openapi/about.js';
import { A_DRAFT, A_FILE } from './examples.js';
import { NEW_PACKAGE, UPLOAD } from './inputs.js';

const ARCHIVE = {
  type: 'application/zip',
  schema: z.file().describe('The folder of a package, or what is in it.'),
  example: null,
};
const TAKEN =
  'A process application of Camunda is known by its `.process-application`; files of `_bb-…` folders are of the package itself. What systems leave behind is left out, which is told.';
const REFUSALS = [
  ...(['ARCHIVE_DUPLICATE', 'ARCHIVE_EMPTY', 'ARCHIVE_ENCRYPTED', 'ARCHIVE_LINK'] as const),
  ...(['ARCHIVE_NAME', 'ARCHIVE_NOT_TEXT', 'ARCHIVE_RATIO', 'ARCHIVE_TOO_LARGE'] as const),
  ...(['ARCHIVE_TOO_MANY', 'ARCHIVE_UNREADABLE', 'DRAFT_TOO_LARGE'] as const),
];

export const ABOUT = {
  changeDraftFiles: {
    summary: 'Changes several files of a draft, all or none',
    says: 'As a new name of a file does, with what refers to it. Each change has the version of the file that was read, 0 for one that is new.',
    body: sent(fileChanges, {
      changes: [
        { path: A_FILE.path, content: null, version: 3 },
        { path: 'mail/received.en.liquid', content: A_FILE.content, version: 0 },
      ],
    }),
    answers: answers(changedFiles, { items: [{ ...A_FILE, path: 'mail/received.en.liquid' }] }),
    errors: ['DRAFT_CLOSED', 'DRAFT_FILE_CHANGED', 'DRAFT_TOO_LARGE', 'DRAFT_UNKNOWN'],
  },
  draftArchive: {
    summary: 'Gets the files of a draft as a ZIP',
    says: 'A plain folder, which Camunda Modeler opens.',
    answers: file('application/zip', 'The files'),
  },
  uploadDraftArchive: {
    summary: 'Puts the files of a ZIP into a draft, all or none',
    says: `\`If-Match\` has the version of the draft that was read. ${TAKEN}`,
    query: UPLOAD,
    body: ARCHIVE,
    answers: answers(uploaded, { draft: A_DRAFT, files: [A_FILE], leftOut: ['.DS_Store'] }),
    errors: [...REFUSALS, 'DRAFT_CHANGED', 'DRAFT_CLOSED', 'DRAFT_UNKNOWN'],
  },
  createDraftFromArchive: {
    summary: 'Begins a draft with the files of a ZIP',
    says: `Its package may be new; where it is deployed, the draft is one of it. ${TAKEN}`,
    query: NEW_PACKAGE,
    body: ARCHIVE,
    answers: answers(uploaded, { draft: A_DRAFT, files: [A_FILE], leftOut: [] }, 201),
    errors: REFUSALS,
  },
} as const satisfies Record<string, About>;
