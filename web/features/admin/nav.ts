import { Settings } from 'lucide-react';
import type { Area } from '../../app/area.js';

/** Its entry of the menu. */
export const ADMIN_AREA: Area = {
  ...{ path: '/admin', icon: Settings, title: { en: 'Admin', 'pt-BR': 'Administração' }, key: 's' },
  roles: ['admin', 'auditor'],
};
