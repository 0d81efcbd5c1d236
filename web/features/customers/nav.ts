/** Customers in the menu. Class: data. */
import { Building2 } from 'lucide-react';
import type { Area } from '../../app/area.js';
import { CUSTOMER_TEXTS } from './texts.js';

export const CUSTOMERS_AREA: Area = {
  ...{ path: '/customers', icon: Building2, texts: CUSTOMER_TEXTS, key: 'c' },
  roles: ['csm', 'admin', 'auditor'],
};
