/** The inbox in the menu. Class: data. */
import { Inbox } from 'lucide-react';
import type { Area } from '../../app/area.js';

/** Listed by `app/nav.ts`. */
export const INBOX_AREA: Area = {
  path: '/inbox',
  icon: Inbox,
  title: { en: 'Inbox', 'pt-BR': 'Caixa de entrada' },
  roles: ['csm', 'admin', 'auditor'],
  key: 'i',
};
