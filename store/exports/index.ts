/** Files of exports on this machine's disk. */
export {
  createExportFiles,
  type ExportDisk,
  type ExportFile,
  type ExportFiles,
  type ExportFilesOptions,
  type FileKeys,
} from './export-files.js';
