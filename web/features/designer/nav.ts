/** The entry of the menu. Class: data. */
import { PencilRuler } from 'lucide-react';
import type { Area } from '../../app/area.js';

/** Listed by `app/nav.ts`. */
export const DESIGNER_AREA: Area = {
  path: '/designer',
  icon: PencilRuler,
  title: { en: 'Designer', 'pt-BR': 'Designer' },
  roles: ['designer', 'admin', 'auditor'],
  key: 'd',
};
