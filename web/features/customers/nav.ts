/** Customers in the menu. Class: data. */
import { Building2 } from 'lucide-react';
import type { Area } from '../../app/area.js';

export const CUSTOMERS_AREA: Area = {
  ...{
    path: '/customers',
    icon: Building2,
    title: { en: 'Customers', 'pt-BR': 'Clientes' },
    key: 'c',
  },
  roles: ['csm', 'admin', 'auditor'],
};
