/** What processes have set up for customers. Every function works in the transaction that it is given. */
export { type AccessLink, killLinks, liveLink, replaceLink, useLink } from './access-links.js';
export { findByMarks, type KnownCustomer, type Mark, noteMarks } from './customers.js';
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
export {
  activeResources,
  createResources,
  endResources,
  findPlan,
  type NewResource,
  type Plan,
  type Resource,
  resourcePages,
  supersede,
} from './resources.js';
export type { MarkKind, ResourceKind } from './tables.js';
