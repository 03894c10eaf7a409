import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { NotFoundPage } from './pages/not-found/not-found-page.tsx';
import {
  catalogueSearch,
  objectSearch,
  parseSearch,
  resourceSearch,
  rolloutSearch,
  rolloutsSearch,
  stringifySearch,
  timelineSearch,
} from './search.ts';
import { PageError } from './shell/page-error.tsx';
import { Shell } from './shell/shell.tsx';

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: PageError,
});

const catalogueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(
    () => import('./pages/catalogue/catalogue-page.tsx'),
    'CataloguePage',
  ),
});

const resourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/r/$group/$version/$resource',
  validateSearch: resourceSearch,
  component: lazyRouteComponent(() => import('./pages/resource/resource-page.tsx'), 'ResourcePage'),
});

const objectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/r/$group/$version/$resource/o/$namespace/$name',
  validateSearch: objectSearch,
  component: lazyRouteComponent(() => import('./pages/object/object-page.tsx'), 'ObjectPage'),
});

const timelineRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/timeline',
  validateSearch: timelineSearch,
  component: lazyRouteComponent(() => import('./pages/timeline/timeline-page.tsx'), 'TimelinePage'),
});

const rolloutRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rollout/$group/$version/$resource/$namespace/$name',
  validateSearch: rolloutSearch,
  component: lazyRouteComponent(() => import('./pages/rollout/rollout-page.tsx'), 'RolloutPage'),
});

const rolloutsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rollouts',
  validateSearch: rolloutsSearch,
  component: lazyRouteComponent(() => import('./pages/rollouts/rollouts-page.tsx'), 'RolloutsPage'),
});

const statusRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/status',
  component: lazyRouteComponent(() => import('./pages/status/status-page.tsx'), 'StatusPage'),
});

const routeTree = rootRoute.addChildren([
  catalogueRoute,
  timelineRoute,
  resourceRoute,
  objectRoute,
  rolloutRoute,
  rolloutsRoute,
  statusRoute,
]);

/** The routes of the app. Pages reach theirs with `getRouteApi(path)`, so that none imports this file. */
export function createAppRouter(options: {
  readonly basepath: string;
  /** The browser's own unless said otherwise. */
  readonly history?: RouterHistory;
}) {
  return createRouter({
    routeTree,
    ...options,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
