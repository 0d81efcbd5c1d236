import { Settings } from 'lucide-react';
import type { Area } from '../../app/area.js';
import { ADMIN_TEXTS } from './texts.js';

/** Its entry of the menu. */
export const ADMIN_AREA: Area = {
  ...{ path: '/admin', icon: Settings, texts: ADMIN_TEXTS, key: 's' },
  roles: ['admin', 'auditor'],
};
