/** A log outside its engine: the files of an export, or of a case, and their check. */
export { caseInFolder } from './case-folder.js';
export { EXPORT_FILES, personalText } from './files.js';
export { verifyFolder } from './verify-folder.js';
