import type { ResourceSearch } from '../../search.ts';

/** The search parameters with some of them changed; what is empty or undefined goes. */
export function withSearch(
  search: ResourceSearch,
  patch: { readonly [K in keyof ResourceSearch]?: string | undefined },
): ResourceSearch {
  return Object.fromEntries(
    Object.entries({ ...search, ...patch }).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}
