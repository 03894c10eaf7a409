// First, because it declares the order of the cascade layers.
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApi, ApiProvider } from './api.ts';
import { preloadFonts } from './fonts.ts';
import { objectParams } from './links.ts';
import { createBrowserLive } from './live/browser.ts';
import { LiveProvider } from './live/index.ts';
import { createQueryClient } from './query-client.ts';
import { reloadWhenReplaced } from './reload.ts';
import { createBrowserNotices } from './rollout-notices/browser.ts';
import { NoticesProvider } from './rollout-notices/notices-context.ts';
import { createAppRouter } from './router.tsx';
import { followTheme } from './theme.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');

preloadFonts();
followTheme();
reloadWhenReplaced();
const live = createBrowserLive();
const api = createApi({ fetch: (input, init) => fetch(input, init) });
const queryClient = createQueryClient(live);
const router = createAppRouter({ basepath: new URL(document.baseURI).pathname });
const notices = createBrowserNotices(live, ({ resource, namespace, name }) => {
  void router.navigate({
    to: '/rollout/$group/$version/$resource/$namespace/$name',
    params: objectParams(resource, namespace, name),
  });
});

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ApiProvider value={api}>
        <LiveProvider value={live}>
          <NoticesProvider value={notices}>
            <RouterProvider router={router} />
          </NoticesProvider>
        </LiveProvider>
      </ApiProvider>
    </QueryClientProvider>
  </StrictMode>,
);
