/** The area of those who operate instances. Class: data. */
import { Workflow } from 'lucide-react';

/** Its entry of the menu. */
export const INSTANCES_AREA = {
  path: '/instances',
  icon: Workflow,
  title: { en: 'Instances', 'pt-BR': 'Instâncias' },
  roles: ['admin', 'csm', 'auditor', 'designer'],
  key: 'p',
} as const;
