import type { Coverage, ResourceRef, RolloutNode } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../api.ts';

/** As many as one request may name. */
const mostKinds = 32;

/** What is known of what was watched, by group and resource (`pods.`, `rollouts.argoproj.io`). */
export type CoverageByKind = ReadonlyMap<string, readonly Coverage[]>;

/** When the kinds of these nodes were watched, asked for again and again; undefined before it is known. */
export function useCoverage(
  nodes: ReadonlyMap<string, RolloutNode>,
  namespace: string,
): CoverageByKind | undefined {
  const api = useApi();
  const resources = useMemo(() => kindsOf(nodes), [nodes]);
  const key = resources.map(coverageKey).join(' ');
  const { data } = useQuery({
    queryKey: ['rollout-coverage', key, namespace],
    queryFn: ({ signal }) =>
      api.getCoverage({ resources, namespace: namespace === '' ? undefined : namespace }, signal),
    enabled: resources.length > 0,
    refetchInterval: 30_000,
    placeholderData: (previous) => previous,
  });
  return useMemo(() => {
    if (data === undefined) return undefined;
    return Map.groupBy(data.items, (item) => coverageKey(item.resource));
  }, [data]);
}

export function coverageKey({ group, resource }: ResourceRef): string {
  return `${resource}.${group}`;
}

function kindsOf(nodes: ReadonlyMap<string, RolloutNode>): ResourceRef[] {
  const kinds = new Map<string, ResourceRef>();
  for (const { resource } of nodes.values()) kinds.set(coverageKey(resource), resource);
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, resource]) => resource)
    .slice(0, mostKinds);
}
