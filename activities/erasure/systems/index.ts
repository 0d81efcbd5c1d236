/** The register of places from which a customer is erased. A new one is one file and one line here. */
import { auditSystem } from './audit.js';
import { exportsSystem } from './exports.js';
import { historiesSystem } from './histories.js';
import { mailsSystem } from './mails.js';
import { projectionsSystem } from './projections.js';
import { recordSystem } from './record.js';
import { registrySystem } from './registry.js';
import type { ErasedSystem } from './system.js';

export type { ErasedSystem, Erasing, Retained } from './system.js';

/** All of them. */
export const SYSTEMS: readonly ErasedSystem[] = [
  recordSystem,
  registrySystem,
  projectionsSystem,
  auditSystem,
  mailsSystem,
  exportsSystem,
  historiesSystem,
];
