/** The entry of the menu. Class: data. */
import { PencilRuler } from 'lucide-react';
import type { Area } from '../../app/area.js';
import { DESIGNER_TEXTS } from './texts.js';

/** Listed by `app/nav.ts`. */
export const DESIGNER_AREA: Area = {
  path: '/designer',
  icon: PencilRuler,
  texts: DESIGNER_TEXTS,
  roles: ['designer', 'admin', 'auditor'],
  key: 'd',
};
