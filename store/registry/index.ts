/** What processes have set up for customers. Every function works in the transaction that it is given. */

export {
  type AccessLink,
  contactsWithLinks,
  killLinks,
  liveLink,
  replaceLink,
  useLink,
} from './access-links.js';
export {
  findByMarks,
  forgetMarks,
  type KnownCustomer,
  type Mark,
  noteMarks,
} from './customers.js';
export {
  exportOfToken,
  killExportLinks,
  type LinkRefusal,
  lockExports,
  type NewExportLink,
  type OpenedExportLink,
  replaceExportLink,
  takeDownload,
} from './export-links.js';
export { freeze, refuseFrozen, thaw } from './freezes.js';
export { claimLeaving, releaseLeaving } from './leavings.js';
export {
  lockRecording,
  noteRecording,
  type Recording,
  withdrawRecording,
} from './recordings.js';
export {
  activeResources,
  createResources,
  endResources,
  findPlan,
  LETS_IN,
  type NewResource,
  type Plan,
  type Resource,
  type Revocable,
  resourcePages,
  restoreResources,
  revokeResources,
  supersede,
} from './resources.js';
export type { MarkKind, ResourceKind } from './tables.js';
