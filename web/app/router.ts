/** All addresses of the app. An area adds its routes here, in one line. */
import { createRoute, createRouter } from '@tanstack/react-router';
import { accountRoutes } from '../features/account/routes.js';
import { adminRoutes } from '../features/admin/routes.js';
import { auditRoutes } from '../features/audit/routes.js';
import { customersRoutes } from '../features/customers/routes.js';
import { designerRoutes } from '../features/designer/routes.js';
import { inboxRoutes } from '../features/inbox/routes.js';
import { instancesRoutes } from '../features/instances/routes.js';
import { reportsRoutes } from '../features/reports/routes.js';
import { ErrorPage } from './error-page.js';
import { HomePage } from './home-page.js';
import { rootRoute, shellRoute } from './shell-route.js';

const homeRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', component: HomePage });

const tree = rootRoute.addChildren([
  shellRoute.addChildren([
    homeRoute,
    ...accountRoutes,
    ...inboxRoutes,
    ...customersRoutes,
    ...designerRoutes,
    ...instancesRoutes,
    ...reportsRoutes,
    ...auditRoutes,
    ...adminRoutes,
  ]),
]);

/** The router. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
