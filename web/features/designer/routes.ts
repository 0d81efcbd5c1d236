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

const textsIn = (given: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])),
  );

const BESIDE: readonly unknown[] = ['problems', 'play', 'scenarios'];

function readSearch(given: Record<string, unknown>): DesignSearch {
  return {
    ...textsIn(given, ['draft', 'file']),
    ...(given.mode === 'implement' && { mode: 'implement' }),
    ...(BESIDE.includes(given.beside) && { beside: given.beside }),
  } as DesignSearch;
}

/** What is compared: the hash of a version, or the id of a draft. */
export interface CompareSearch {
  readonly from?: string;
  readonly to?: string;
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
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/designer/$packageKey/compare',
    validateSearch: (given: Record<string, unknown>): CompareSearch =>
      textsIn(given, ['from', 'to']),
    component: lazyRouteComponent(() => import('./compare-page.js'), 'ComparePage'),
  }),
] as const;
