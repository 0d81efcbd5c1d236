/** Addresses of the designer's place. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../app/shell-route.js';

/** What stands behind the `?`: the draft, the file that is open, what is shown beside it. */
export interface DesignSearch {
  readonly draft?: string;
  readonly file?: string;
  /** `implement`: with what makes a model run. */
  readonly mode?: 'design' | 'implement';
  readonly beside?: 'problems' | 'play' | 'scenarios';
}

const BESIDE: readonly unknown[] = ['problems', 'play', 'scenarios'];

function readSearch(given: Record<string, unknown>): DesignSearch {
  const text = (name: string) => (typeof given[name] === 'string' ? { [name]: given[name] } : {});
  return {
    ...text('draft'),
    ...text('file'),
    ...(given.mode === 'implement' && { mode: 'implement' }),
    ...(BESIDE.includes(given.beside) && { beside: given.beside }),
  } as DesignSearch;
}

/** Added by the router. */
export const designerRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/designer',
    component: lazyRouteComponent(() => import('./packages-page.js'), 'PackagesPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/designer/$packageKey',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('./package-page.js'), 'PackagePage'),
  }),
] as const;
