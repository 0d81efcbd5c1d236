/** What happened, in words: acts of the audit, and the history of an instance. */
export { actSentence, modificationText, renamedText } from './acts.js';
export { ERASED } from './erased.js';
export { type ToldLine, toldCauses, toldHistory } from './lines.js';
export { withoutValues } from './masked.js';
export { outcomesOf } from './outcomes.js';
export { namesOf, readHistoryOf } from './read.js';
export { remediedOnce } from './remedies.js';
export { printable, several, shownInstance, shownInstant } from './wording.js';
export { type ToldLocale, WORDS } from './words/index.js';
