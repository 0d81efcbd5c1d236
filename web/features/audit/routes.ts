/** Addresses of the audit. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';

/** What the page of the audit shows: kept in its address, so that it can be sent to somebody. */
export interface AuditView {
  readonly tab?: 'cases' | 'acts' | 'holds' | 'erasures';
  readonly process?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly outcome?: string;
  readonly since?: string;
}

const TABS = ['cases', 'acts', 'holds', 'erasures'] as const;
const TEXTS = ['process', 'actor', 'action', 'object', 'outcome', 'since'] as const;

function viewIn(given: Readonly<Record<string, unknown>>): AuditView {
  const tab = TABS.find((one) => one === given.tab);
  const texts = TEXTS.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 200)]] : [];
  });
  return { ...(tab && { tab }), ...Object.fromEntries(texts) };
}

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: viewIn,
  component: lazyRouteComponent(() => import('./audit-page.js'), 'AuditPage'),
});

const caseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit/cases/$caseId',
  component: lazyRouteComponent(() => import('./case-page.js'), 'CasePage'),
});

/** Added by the router. */
export const auditRoutes = [auditRoute, caseRoute] as const;
