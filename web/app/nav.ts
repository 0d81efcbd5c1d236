/**
 * The areas of the app, as its menu lists them. An area is a folder in `features/`: its entry here, its routes in
 * `router.ts`, nothing else outside of it. Class: data.
 */
import type { LucideIcon } from 'lucide-react';
import type { Role } from '../../contracts/identities.js';
import type { Texts } from '../texts/texts.js';

/** An entry of the menu. */
export interface Area {
  readonly path: string;
  readonly icon: LucideIcon;
  /** Its name is the key `title` of these. */
  readonly texts: Texts<'title'>;
  /** Who sees it; the server decides by itself what each may read. */
  readonly roles: readonly Role[];
  /** After `g`. */
  readonly key: string;
}

/** In the order of the menu; the first that somebody sees is where they begin. */
export const AREAS: readonly Area[] = [];

/** The areas that somebody sees. Class: pure. */
export function areasOf(roles: readonly Role[]): readonly Area[] {
  return AREAS.filter((area) => area.roles.some((role) => roles.includes(role)));
}
