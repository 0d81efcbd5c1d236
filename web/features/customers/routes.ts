/** Addresses of customers. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';

/** What is looked for: kept in the address, so that it can be sent to somebody. */
export interface CustomersView {
  readonly name?: string;
  readonly country?: string;
  readonly plan?: string;
  readonly stage?: string;
  readonly debt?: 'open' | 'overdue';
}

const TEXTS = ['name', 'country', 'plan', 'stage'] as const;

function viewIn(given: Readonly<Record<string, unknown>>): CustomersView {
  const debt = (['open', 'overdue'] as const).find((one) => one === given.debt);
  const texts = TEXTS.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 200)]] : [];
  });
  return { ...(debt && { debt }), ...Object.fromEntries(texts) };
}

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: viewIn,
  component: lazyRouteComponent(() => import('./customers-page.js'), 'CustomersPage'),
});

const oneRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('./customer-page.js'), 'CustomerPage'),
});

/** Added by the router. */
export const customersRoutes = [listRoute, oneRoute] as const;
