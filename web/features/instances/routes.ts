/** Addresses of instances. What a list is narrowed by stands in the address: it can be sent to somebody. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';
import { narrowedBy } from './narrowing.js';

/** The list. */
export const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/instances',
  validateSearch: narrowedBy,
  component: lazyRouteComponent(() => import('./list-page.js'), 'InstancesPage'),
});

/** One of them. */
export const instanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/instances/$key',
  component: lazyRouteComponent(() => import('./instance-page.js'), 'InstancePage'),
});

/** Acts upon many. */
export const batchesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/batches',
  component: lazyRouteComponent(() => import('./batches-page.js'), 'BatchesPage'),
});

/** Added by the router. */
export const instancesRoutes = [listRoute, batchesRoute, instanceRoute] as const;
