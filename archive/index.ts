/** ZIP files, in and out. */

export {
  type ArchiveFault,
  type ArchiveLimits,
  ArchiveRefused,
  readUntrustedZip,
} from './read-untrusted.js';
export { type OpenZip, openZip } from './read-zip.js';
export { type ZipEntry, zipOf } from './write-zip.js';
