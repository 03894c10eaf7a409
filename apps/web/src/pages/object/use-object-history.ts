import { gvrKey } from '@kindscope/kube';
import type { Change, Marks, ResourceRef } from '@kindscope/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../api.ts';
import type { Changes } from '../../live/index.ts';
import { recentChanges } from '../recent-changes.ts';
import { heldStates, type HeldState } from './object-history.ts';

/** More marks than an object's states are held are of no use here. */
const mostMarks = 2000;

export interface ObjectHistory {
  /** Oldest first. */
  readonly states: readonly HeldState[];
  /** Older states may have been held and are no more. */
  readonly dropped: boolean;
  /** Of all that is known of its past; undefined while nothing is. */
  readonly marks: Marks | undefined;
  /** Its changes that came with the feed, newest first. */
  readonly live: readonly Change[];
  /** How many changes of it are known to have been. */
  readonly total: number;
}

/** What is still held of an object's past: asked for once, and from then on by the feed. */
export function useObjectHistory(
  object: { readonly resource: ResourceRef; readonly namespace: string; readonly name: string },
  changes: Changes,
): ObjectHistory {
  const api = useApi();
  const { resource, namespace, name } = object;
  // What is told anew after a gap may be another log's.
  const gaps = changes.entries.filter(({ type }) => type === 'gap').length;
  const { data } = useQuery({
    queryKey: ['history', gvrKey(resource), namespace, name, gaps],
    queryFn: async ({ signal }) => {
      const of = {
        resources: [resource],
        namespace: namespace === '' ? undefined : namespace,
        name,
      };
      const marks = await api.getMarks({ ...of, limit: mostMarks }, signal);
      const revisions = await api.getRevisions(resource, namespace, name, signal);
      return { marks, revisions };
    },
    enabled: changes.ready,
    placeholderData: keepPreviousData,
    // The feed keeps it true while the page is open; what came in between is asked for.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  const live = useMemo(() => recentChanges(changes.entries), [changes.entries]);
  return useMemo(
    () => ({
      states: data === undefined ? [] : heldStates(data.revisions, data.marks, live),
      dropped: data?.revisions.dropped ?? false,
      marks: data?.marks,
      live,
      total:
        (data?.marks.id.length ?? 0) +
        live.filter(({ id }) => id > (data?.marks.lastId ?? 0)).length,
    }),
    [data, live],
  );
}
