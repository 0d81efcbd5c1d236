/** The area of reports. Class: data. */
import { ChartColumn } from 'lucide-react';

/** Its entry of the menu. */
export const REPORTS_AREA = {
  path: '/reports',
  icon: ChartColumn,
  title: { en: 'Reports', 'pt-BR': 'Relatórios' },
  roles: ['admin', 'csm', 'auditor', 'designer'],
  key: 'r',
} as const;
