import type { ErrorRow } from './kinds.js';

/** Codes of this area. */
export const HOST_ERRORS = {} as const satisfies Record<string, ErrorRow>;
