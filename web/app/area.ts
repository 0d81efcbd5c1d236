/** An area of the app, as its menu lists it. */
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
