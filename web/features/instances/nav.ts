/** The area of those who operate instances. Class: data. */
import { Workflow } from 'lucide-react';
import { INSTANCES_TEXTS } from './texts.js';

/** Its entry of the menu. */
export const INSTANCES_AREA = {
  path: '/instances',
  icon: Workflow,
  texts: INSTANCES_TEXTS,
  roles: ['admin', 'csm', 'auditor', 'designer'],
  key: 'p',
} as const;
