/** What differs between two versions of a package: elements with all their properties, and lines of other files. Class: pure. */

export {
  type CellChange,
  type ColumnChange,
  compareDecisions,
  type DecisionChange,
  type RuleChange,
} from './decisions.js';
export { compareLines, type Line } from './lines.js';
export {
  compareModels,
  type ElementChange,
  type ModelChanges,
  type PropertyChange,
} from './models.js';
export { comparePackages, type FileChange, type PackageChanges } from './packages.js';
