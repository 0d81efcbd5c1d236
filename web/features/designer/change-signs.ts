import type { PackageDiff } from '../../../contracts/designer.js';

export type FileDiff = PackageDiff['files'][number];

/** Signs that say how a thing differs, also where no colour is seen. */
export const CHANGE_SIGNS = { added: '+', removed: '−', changed: '~', moved: '→' } as const;
