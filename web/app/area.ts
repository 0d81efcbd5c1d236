/** An area of the app, as its menu lists it. */
import type { LucideIcon } from 'lucide-react';
import type { Role } from '../../contracts/identities.js';
import type { Locale } from '../texts/texts.js';

/** An entry of the menu. */
export interface Area {
  readonly path: string;
  readonly icon: LucideIcon;
  /** Its name; here, for the texts of its pages are loaded with them. */
  readonly title: Readonly<Record<Locale, string>>;
  /** Who sees it; the server decides by itself what each may read. */
  readonly roles: readonly Role[];
  /** After `g`. */
  readonly key: string;
}
