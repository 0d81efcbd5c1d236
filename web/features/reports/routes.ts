/** Addresses of reports. What a report is of stands in the address: it can be sent to somebody, and shows them the same. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';
import { spanIn, viewIn } from './view.js';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  validateSearch: spanIn,
  component: lazyRouteComponent(() => import('./list-page.js'), 'ReportsPage'),
});

const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$process',
  validateSearch: viewIn,
  component: lazyRouteComponent(() => import('./report-page.js'), 'ReportPage'),
});

/** Added by the router. */
export const reportsRoutes = [listRoute, reportRoute] as const;
