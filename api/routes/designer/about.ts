/** What the routes of the designer's place are told as. Class: data. */
import { z } from 'zod';
import {
  draftFileRow,
  draftFindings,
  draftRow,
  draftStep,
  draftsPage,
  migrated,
  newDraft,
  newMigration,
  packageDiff,
  packageRemarks,
  packageSources,
  packagesPage,
  played,
  publicationPreview,
  published,
  savedFile,
  scenarioReport,
  wholeDraft,
  wholePackage,
} from '../../../contracts/designer.js';
import { type About, answers, file, NOTHING_TOLD, sent } from '../../openapi/about.js';
import { AN_INSTANT } from '../../openapi/examples.js';
import {
  A_CHANGE,
  A_DEFINITION,
  A_DRAFT,
  A_FILE,
  A_FINDING,
  A_HASH,
  A_JUDGED,
  A_PLAY,
  A_SCRIPT,
  A_TITLE,
  A_VERSION,
} from './examples.js';
import { AGAINST, DIFF, DRAFTS, FILE, PACKAGES, PLAY, RUN, SCENARIO } from './inputs.js';

const ONE = { packageKey: 'Name of the package, which is that of its folder' };
const A_KEY = { key: 'support-ticket', title: A_TITLE };
const { fixes: _fixes, ...A_BARE_FINDING } = A_FINDING;
const STEPS = ['DRAFT_CHANGED', 'DRAFT_CLOSED'] as const;
const SAVES = ['DRAFT_CLOSED', 'DRAFT_FILE_CHANGED'] as const;
const IF_MATCH =
  'The version that was read stands in `If-Match`, as the `ETag` tells it; `If-None-Match: *` for a file that is new.';
const A_STEP = { version: 7, remark: 'Agreed with support' };

/** Element templates are of Camunda's schema. */
export const TEMPLATES = z.strictObject({ items: z.array(z.record(z.string(), z.unknown())) });

export const ABOUT = {
  packages: {
    summary: 'Lists packages with what is newest of each',
    query: PACKAGES,
    answers: answers(packagesPage, {
      items: [
        {
          ...A_KEY,
          processes: { undo: { en: 'Undo it', 'pt-BR': 'Desfazer' } },
          ...{ hash: A_HASH, deployedAt: AN_INSTANT, versions: 4, drafts: 1 },
        },
      ],
      next: null,
    }),
  },
  package: {
    ...{
      summary: 'Gets a package with what it is for, its files, versions and open drafts',
      params: ONE,
    },
    says: 'A form is called as the step that shows it. `publishedBy` and `about` are of the draft that became the version.',
    answers: answers(wholePackage, {
      ...{ ...A_KEY, purpose: A_TITLE, owner: A_TITLE, versions: [A_VERSION], drafts: [A_DRAFT] },
      files: [{ path: 'process.bpmn', kind: 'model', title: A_TITLE }],
    }),
  },
  packageSources: {
    ...{ summary: 'Gets the files of a version of a package', params: ONE },
    answers: answers(packageSources, {
      ...{ key: 'support-ticket', hash: A_HASH, files: { 'process.yaml': 'key: support-ticket' } },
      companions: { 'README.md': '# Support ticket' },
    }),
  },
  packageArchive: {
    ...{ summary: 'Gets a version of a package as a ZIP', params: ONE },
    says: 'A plain folder with its tests and pages, which Camunda Modeler opens, and a draft takes (`PUT …/archive`).',
    answers: file('application/zip', 'The files'),
  },
  packageRemarks: {
    ...{ summary: 'Tells what was said while drafts of a package were reviewed', params: ONE },
    says: 'The remarks with which drafts were handed in, given back, published and given up, newest first, as the audit keeps them: of the newest hundred drafts.',
    answers: answers(packageRemarks, {
      items: [
        {
          ...{ draftId: A_DRAFT.draftId, title: A_DRAFT.title, hash: A_HASH, at: AN_INSTANT },
          ...{ by: 'Rui', step: 'givenBack', remark: 'Four hours are not agreed yet' },
        },
      ],
    }),
  },
  packageDiff: {
    ...{ summary: 'Says what differs between two versions of a package', params: ONE, query: DIFF },
    says: 'Models by element and property, also those that no diagram shows; decisions by rule and cell; other files by line.',
    answers: answers(packageDiff, { from: A_HASH, to: A_HASH, files: [A_CHANGE] }),
    errors: ['PLAY_TOO_LONG'],
  },
  migrateToNewest: {
    ...{ summary: 'Lets running instances go on with the newest version', params: ONE },
    says: 'Each is one act; those with a problem stay as they are. At most 100 at once: ask again for the others.',
    body: sent(newMigration, { processId: 'support-ticket', reason: 'The new promise holds' }),
    answers: answers(migrated, { toVersion: 4, instances: [A_JUDGED] }),
  },
  drafts: {
    ...{ summary: 'Lists drafts, newest first', query: DRAFTS },
    answers: answers(draftsPage, { items: [A_DRAFT], next: null }),
  },
  createDraft: {
    summary: 'Begins a draft as a copy of a package',
    body: sent(newDraft, { packageKey: 'support-ticket', title: 'Answer in four hours' }),
    answers: answers(wholeDraft, { draft: A_DRAFT, files: [A_FILE] }, 201),
    errors: ['NOT_FOUND'],
  },
  draft: {
    summary: 'Gets a draft with its files',
    answers: answers(wholeDraft, { draft: A_DRAFT, files: [A_FILE] }),
  },
  draftFile: {
    ...{ summary: 'Gets a file of a draft', query: FILE },
    answers: answers(draftFileRow, A_FILE),
  },
  saveDraftFile: {
    ...{ summary: 'Saves a file of a draft', says: IF_MATCH, query: FILE },
    body: sent(savedFile, { content: A_FILE.content }),
    answers: answers(draftFileRow, A_FILE),
    errors: [...SAVES, 'DRAFT_TOO_LARGE', 'DRAFT_UNKNOWN'],
  },
  deleteDraftFile: {
    ...{ summary: 'Takes a file out of a draft', says: IF_MATCH, query: FILE },
    answers: NOTHING_TOLD,
    errors: [...SAVES, 'DRAFT_UNKNOWN'],
  },
  submitDraft: {
    summary: 'Hands a draft in for review',
    says: 'From then on its files do not change.',
    body: sent(draftStep, A_STEP),
    answers: answers(draftRow, { ...A_DRAFT, state: 'review' }),
    errors: [...STEPS, 'DRAFT_UNKNOWN'],
  },
  returnDraft: {
    summary: 'Gives a draft back to be worked on',
    body: sent(draftStep, A_STEP),
    answers: answers(draftRow, A_DRAFT),
    errors: [...STEPS, 'DRAFT_UNKNOWN'],
  },
  discardDraft: {
    summary: 'Gives a draft up',
    body: sent(draftStep, A_STEP),
    answers: answers(draftRow, { ...A_DRAFT, state: 'discarded' }),
    errors: [...STEPS, 'DRAFT_UNKNOWN'],
  },
  draftFindings: {
    summary: 'Judges a draft: what is wrong, where, and what would mend it',
    says: 'Its scenarios are not run for it.',
    answers: answers(draftFindings, { version: 7, findings: [A_FINDING] }),
    errors: ['PLAY_TOO_LONG'],
  },
  draftDiff: {
    ...{ summary: 'Says what a draft changes', query: AGAINST },
    answers: answers(packageDiff, { from: A_HASH, to: null, files: [A_CHANGE] }),
    errors: ['INPUT_INVALID', 'PLAY_TOO_LONG', 'UNKNOWN_PROPERTY'],
  },
  previewPublication: {
    summary: 'Says what publishing a draft would do, and which running instances could move',
    answers: answers(publicationPreview, {
      ...{ version: 7, isAccepted: true, needsSecond: false, mayPublish: true, findings: [] },
      ...{ definitions: [A_DEFINITION], instances: [A_JUDGED], further: 0 },
    }),
    errors: ['DRAFT_REFUSED'],
  },
  publishDraft: {
    summary: 'Publishes a draft: what it holds is deployed',
    says: 'Where two people have to have a hand in it, it is done by somebody who did not work on the draft.',
    body: sent(draftStep, A_STEP),
    answers: answers(published, {
      draft: { ...A_DRAFT, state: 'published', published: A_HASH },
      definitions: [A_DEFINITION],
    }),
    errors: [...STEPS, 'DRAFT_REFUSED', 'DRAFT_UNKNOWN', 'FOUR_EYES'],
  },
  saveScenario: {
    ...{ summary: 'Keeps a play as a scenario of the draft', says: IF_MATCH },
    body: sent(SCENARIO, {
      ...{ file: 'scenarios/breach.yaml', name: 'a promise is broken', script: A_SCRIPT },
    }),
    answers: answers(draftFileRow, { ...A_FILE, path: 'scenarios/breach.yaml' }, 201),
    errors: [...SAVES, 'DRAFT_TOO_LARGE', 'DRAFT_UNKNOWN', 'PLAY_TOO_LONG'],
  },
  runScenarios: {
    summary: 'Runs the scenarios of a draft and says what they reach',
    body: sent(RUN, {}),
    answers: answers(scenarioReport, {
      runs: [
        {
          ...{ file: 'scenarios/closed.yaml', name: 'solved and closed', ok: true },
          ...{ mismatches: [], refused: [], incidents: [] },
        },
      ],
      findings: [],
      coverage: [
        {
          ...{ file: 'process.bpmn', processId: 'support-ticket', reached: { work: 2 } },
          elements: ['work', 'tell-customer'],
        },
      ],
    }),
    errors: ['PLAY_TOO_LONG'],
  },
  play: {
    summary: 'Plays a draft or a version of a package in virtual time',
    says: 'A play is its script: the same one comes to the same. Nothing is kept.',
    body: sent(PLAY, { draftId: A_DRAFT.draftId, script: A_SCRIPT }),
    answers: answers(played, { play: A_PLAY, findings: [A_BARE_FINDING] }),
    errors: ['NOT_FOUND', 'PLAY_TOO_LONG'],
  },
  elementTemplates: {
    summary: 'Lists element templates of all service tasks',
    says: 'As modelers of Camunda take them.',
    answers: answers(TEMPLATES, { items: [{ id: 'jornada.notify', name: 'Send a mail' }] }),
  },
} as const satisfies Record<string, About>;
