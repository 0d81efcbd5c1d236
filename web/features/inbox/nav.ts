/** The inbox in the menu. Class: data. */
import { Inbox } from 'lucide-react';
import type { Area } from '../../app/area.js';
import { INBOX_TEXTS } from './texts.js';

/** Listed by `app/nav.ts`. */
export const INBOX_AREA: Area = {
  path: '/inbox',
  icon: Inbox,
  texts: INBOX_TEXTS,
  roles: ['csm', 'admin', 'auditor'],
  key: 'i',
};
