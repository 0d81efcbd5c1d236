/** Addresses of one's own account. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';

/** Added by the router. */
export const accountRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/account',
    component: lazyRouteComponent(() => import('./account-page.js'), 'AccountPage'),
  }),
] as const;
