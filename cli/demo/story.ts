/**
 * The demonstration as data: what one customer goes through, who does what on the way, and what the world says
 * meanwhile. Class: pure.
 */
import type { Chapter } from './chapter.js';
import { OFFBOARDING } from './offboarding.js';
import { ONBOARDING } from './onboarding.js';
import { SUPPORT } from './support.js';

/** The chapters in their order. */
export const STORY: readonly Chapter[] = [ONBOARDING, SUPPORT, OFFBOARDING];
