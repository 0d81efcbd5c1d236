/** The route that all pages hang on: the frame, with somebody signed in. Areas make their routes under it. */
import { createRootRoute, createRoute } from '@tanstack/react-router';
import { NotFoundPage } from './not-found-page.js';
import { Shell } from './shell.js';

/** The root. */
export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage });

/** Parent of every page. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
});
