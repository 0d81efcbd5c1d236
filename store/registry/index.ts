/** What processes have set up for customers. Every function works in the transaction that it is given. */
export { type AccessLink, killLinks, replaceLink, useLink } from './access-links.js';
export {
  findByMarks,
  forgetMarks,
  type KnownCustomer,
  type Mark,
  noteMarks,
} from './customers.js';
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
  type NewResource,
  type Plan,
  type Resource,
  supersede,
} from './resources.js';
export type { MarkKind, ResourceKind } from './tables.js';
