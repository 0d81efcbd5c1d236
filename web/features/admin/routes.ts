/** Addresses of the area. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';

/** Added by the router. */
export const adminRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/admin/{-$tab}',
    component: lazyRouteComponent(() => import('./admin-page.js'), 'AdminPage'),
  }),
] as const;
