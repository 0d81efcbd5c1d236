/** Addresses of the inbox: what is looked for stands in them, so that each view has one. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';
import { readLooking } from './looking.js';

/** Added by the router. */
export const inboxRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/inbox',
    validateSearch: readLooking,
    component: lazyRouteComponent(() => import('./inbox-page.js'), 'InboxPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/tasks/$taskKey',
    component: lazyRouteComponent(() => import('./task-page.js'), 'TaskPage'),
  }),
] as const;
