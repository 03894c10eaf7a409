import { gvrKey } from '@kindscope/kube';
import type { ResourceRef, WatchingList } from '@kindscope/protocol';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './api.ts';

type KeptWatch = WatchingList['items'][number];

const queryKey = ['watching'];
const noneKept: readonly KeptWatch[] = [];

/** What Kindscope watches whether or not anybody looks, oldest first. */
export function useKeptWatches(): readonly KeptWatch[] {
  const api = useApi();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.getWatching(signal),
    // Another page may pin, too.
    staleTime: 60_000,
  });
  return data?.items ?? noneKept;
}

/** Whether a resource is kept being watched, by whom, and how to change that. */
export function usePin(resource: ResourceRef): {
  readonly kept: KeptWatch['by'] | undefined;
  /** Pins it, or takes the pin back. */
  readonly toggle: () => void;
  readonly fault: Error | null;
} {
  const api = useApi();
  const queries = useQueryClient();
  const kept = useKeptWatches().find((item) => gvrKey(item.resource) === gvrKey(resource))?.by;
  const { mutate, error } = useMutation({
    mutationFn: () => (kept === undefined ? api.pin(resource) : api.unpin(resource)),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return { kept, toggle: mutate, fault: error };
}
