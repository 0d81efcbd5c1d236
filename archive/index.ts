/** ZIP files, in and out. */
export { type OpenZip, openZip } from './read-zip.js';
export { type ZipEntry, zipOf } from './write-zip.js';
