import { gvrKey } from '@kindscope/kube';
import type { Coverage, Facets, ResourceInfo, ResourceRef } from '@kindscope/protocol';
import { useQueries } from '@tanstack/react-query';
import { useApi } from '../../api.ts';
import { parseResources } from '../../links.ts';
import type { TimelineSearch } from '../../search.ts';
import type { LabelFacet } from '../../ui/selector/label-grammar.ts';

/** More kinds than these are not asked for what they have. */
const mostAsked = 8;

export interface KnownFacets {
  readonly labels: readonly LabelFacet[];
  /** How many objects each has. */
  readonly namespaces: ReadonlyMap<string, number>;
}

/** The labels and namespaces that the objects of the shown kinds have, to choose from. `known`: where none are chosen. */
export function useFacets(
  search: TimelineSearch,
  catalog: readonly ResourceInfo[],
  known: readonly Coverage[],
): KnownFacets {
  const api = useApi();
  const { namespace } = search;
  const resources = chosenOr(search, known)
    // What is in no namespace is not in the one that is chosen.
    .filter(
      (ref) =>
        namespace === undefined ||
        catalog.some(
          (info) => info.namespaced && info.group === ref.group && info.resource === ref.resource,
        ),
    )
    .slice(0, mostAsked);
  return useQueries({
    queries: resources.map((resource) => ({
      queryKey: ['facets', gvrKey(resource), namespace ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.getFacets(resource, namespace === undefined ? {} : { namespace }, signal),
      staleTime: 60_000,
      retry: false,
    })),
    combine: mergeAnswers,
  });
}

function chosenOr({ kinds }: TimelineSearch, known: readonly Coverage[]): readonly ResourceRef[] {
  return kinds === undefined ? known.map(({ resource }) => resource) : parseResources(kinds);
}

function mergeAnswers(answers: readonly { readonly data: Facets | undefined }[]): KnownFacets {
  return mergeFacets(answers.flatMap(({ data }) => (data === undefined ? [] : [data])));
}

/** What several kinds have together. */
export function mergeFacets(facets: readonly Facets[]): KnownFacets {
  const namespaces = new Map<string, number>();
  const labels = new Map<string, { count: number; values: Map<string, number> }>();
  for (const one of facets) {
    for (const { name, count } of one.namespaces) add(namespaces, name, count);
    for (const { key, count, values } of one.labels) {
      const label = labels.get(key) ?? { count: 0, values: new Map<string, number>() };
      label.count += count;
      for (const { value, count } of values) add(label.values, value, count);
      labels.set(key, label);
    }
  }
  return {
    namespaces,
    labels: [...labels]
      .map(([key, { count, values }]) => ({
        key,
        count,
        values: [...values]
          .map(([value, count]) => ({ value, count }))
          .toSorted((a, b) => b.count - a.count),
      }))
      .toSorted((a, b) => b.count - a.count),
  };
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
