/**
 * A log that shows when it was tampered with: its formats, its tree, its signatures, and the check of all of it.
 * Nothing here reads or writes anything. Source: docs/audit.md.
 */
export { type CanonicalValue, canonicalJson } from './canonical.js';
export * from './certificate.js';
export * from './checkpoint.js';
export * from './entry.js';
export * from './journal.js';
export * from './keys.js';
export * from './note.js';
export * from './personal.js';
export * from './proofs.js';
export * from './tree.js';
export * from './verify/index.js';
