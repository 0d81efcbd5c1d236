/** The audit in the menu. Class: data. */
import { ShieldCheck } from 'lucide-react';
import type { Area } from '../../app/area.js';

export const AUDIT_AREA: Area = {
  ...{ path: '/audit', icon: ShieldCheck, title: { en: 'Audit', 'pt-BR': 'Auditoria' }, key: 'a' },
  roles: ['admin', 'auditor', 'csm'],
};
