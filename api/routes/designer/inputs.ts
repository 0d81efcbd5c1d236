/** What the routes of the designer's place take. Class: data. */
import { z } from 'zod';
import { filePath, newDraft, packageHash, packageKey } from '../../../contracts/designer.js';
import { SCRIPT } from '../../../designer/index.js';

const limit = z.coerce.number().int().min(1).max(200).default(50);

export const PACKAGES = z.strictObject({
  limit,
  /** A key: the page begins behind it. */
  after: packageKey.optional(),
});
export const DIFF = z.strictObject({ from: packageHash, to: packageHash });
export const DRAFTS = z.strictObject({
  limit,
  /** How many are left out: newest first. */
  from: z.coerce.number().int().min(0).max(10_000).default(0),
  packageKey: packageKey.optional(),
  state: z.enum(['open', 'review', 'published', 'discarded']).optional(),
});
export const FILE = z.strictObject({ path: filePath });
export const UPLOAD = z.strictObject({
  /** `replace`: files that are not in the archive go. */
  mode: z.enum(['add', 'replace']).default('add'),
});
export const NEW_PACKAGE = z.strictObject({
  /** Absent: as its `process.yaml` has it. */
  packageKey: packageKey.optional(),
  title: newDraft.shape.title,
});
export const RUN = z.strictObject({
  /** Scenarios of this file alone. */
  file: filePath.optional(),
});
/** Exactly one of draft and package. */
export const PLAY = z.strictObject({
  draftId: z.uuid().optional(),
  package: z.strictObject({ key: packageKey, hash: packageHash }).optional(),
  script: SCRIPT,
});
export const SCENARIO = z.strictObject({
  file: z
    .string()
    .max(100)
    .regex(/^scenarios\/\w[\w-]*\.yaml$/, 'a file such as scenarios/breach.yaml'),
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, 'no control characters'),
  script: SCRIPT,
});
/** The version that is compared with; absent: the one that the draft began with. */
export const AGAINST = z.strictObject({ from: packageHash.optional() });
