/** A log outside its engine: the files of an export, of a range or of a case, and their check. */
export { caseInFolder } from './case-folder.js';
export { EXPORT_FILES, personalText } from './files.js';
export { type SignedVerdict, signedVerdictLines, verifySigned } from './signed-files.js';
export { verifyFolder } from './verify-folder.js';
