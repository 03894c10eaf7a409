import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from './api.ts';
import type { Live } from './live/index.ts';

/** Requests and answers. What streams lives in the live store, never here. */
export function createQueryClient(live: Pick<Live, 'reportUnauthorized'>): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ProblemError && error.status === 401) live.reportUnauthorized();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        // A fault that asking again cannot mend (4xx) is shown at once.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ProblemError && error.status < 500),
      },
    },
  });
}
