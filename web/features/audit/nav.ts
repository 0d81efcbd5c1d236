/** The audit in the menu. Class: data. */
import { ShieldCheck } from 'lucide-react';
import type { Area } from '../../app/area.js';
import { AUDIT_TEXTS } from './texts.js';

export const AUDIT_AREA: Area = {
  ...{ path: '/audit', icon: ShieldCheck, texts: AUDIT_TEXTS, key: 'a' },
  roles: ['admin', 'auditor', 'csm'],
};
