import type { ErrorRow } from './kinds.js';

/** Codes of drafts, their publication, and plays. */
export const DESIGNER_ERRORS = {
  ARCHIVE_DUPLICATE: {
    kind: 'rejection',
    text: 'Expected each file of the archive once, but {detail}; rename one of them, capitals do not tell files apart.',
  },
  ARCHIVE_EMPTY: {
    kind: 'rejection',
    text: 'Expected the files of a package, but the archive holds none; pack the folder that has its `process.bpmn` or `process.yaml`.',
  },
  ARCHIVE_ENCRYPTED: {
    kind: 'rejection',
    text: 'Expected an archive that can be read, but {detail}; pack it without a password.',
  },
  ARCHIVE_LINK: {
    kind: 'rejection',
    text: 'Expected files and folders alone, but {detail}; put the file itself in its place.',
  },
  ARCHIVE_NAME: {
    kind: 'rejection',
    text: 'Expected paths inside of a package, such as `forms/order.form`, but {detail}; rename it, or leave it out.',
  },
  ARCHIVE_NOT_TEXT: {
    kind: 'rejection',
    text: "Expected files of text in UTF-8, but '{path}' is not; save it as UTF-8, or leave it out.",
  },
  ARCHIVE_RATIO: {
    kind: 'rejection',
    text: 'Expected an archive of files of text, but {detail}; pack the files of a package alone.',
  },
  ARCHIVE_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected the files of a package, but {detail}; leave out what it does not need.',
  },
  ARCHIVE_TOO_MANY: {
    kind: 'rejection',
    text: 'Expected the files of a package, but {detail}; leave out what it does not need.',
  },
  ARCHIVE_UNREADABLE: {
    kind: 'rejection',
    text: 'Expected a ZIP file, but {detail}; pack the folder again.',
  },
  DRAFT_CHANGED: {
    kind: 'rejection',
    text: "Expected draft '{draft}' as it was read, but {person} changed it at {at}; look at it again, then repeat this.",
  },
  DRAFT_CLOSED: {
    kind: 'rejection',
    text: "Expected an open draft, but '{draft}' is {state} since {person} made it so at {at}; have it given back, or begin another one.",
  },
  DRAFT_FILE_CHANGED: {
    kind: 'rejection',
    text: "Expected '{path}' as it was read, but {person} was first and changed it at {at}; load theirs, then put yours in.",
  },
  DRAFT_REFUSED: {
    kind: 'rejection',
    text: 'Expected a package that can be deployed, but {detail}; correct the draft, then publish again.',
  },
  DRAFT_TOO_LARGE: {
    kind: 'rejection',
    text: 'Expected a package of at most {files} files and {characters} characters, but it would have more; take out what it does not need.',
  },
  DRAFT_UNKNOWN: {
    kind: 'rejection',
    text: "Expected a draft, but there is no '{draft}'; begin one from a package.",
  },
  FOUR_EYES: {
    kind: 'rejection',
    text: 'Expected a second person to publish this, but {person} worked on it; ask a colleague who did not.',
  },
  PLAY_TOO_LONG: {
    kind: 'rejection',
    text: 'Expected an answer within {seconds} s, but it took longer and was stopped; take fewer steps, or mend what never comes to rest.',
  },
} as const satisfies Record<string, ErrorRow>;
