/** A log outside its engine: the files of an export, and their check. */
export { EXPORT_FILES, personalText } from './files.js';
export { verifyFolder } from './verify-folder.js';
