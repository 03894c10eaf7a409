import type { RolloutSearch } from '../../search.ts';

export type RolloutTab = 'why' | 'events' | 'compare';

/** The pane that a link asks for; `why` has no name in it. */
export function rolloutTab({ tab }: RolloutSearch): RolloutTab {
  return tab === 'events' || tab === 'compare' ? tab : 'why';
}

/** The search parameters with some of them changed; what is empty goes. */
export function withRolloutSearch(search: RolloutSearch, patch: RolloutSearch): RolloutSearch {
  return Object.fromEntries(
    Object.entries({ ...search, ...patch }).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}

/** The link to what is seen now: also of a page that goes on with time it names the moment. */
export function momentLink(
  href: string,
  span: { readonly from: number; readonly to: number },
  formatDuration: (ms: number) => string,
): string {
  const url = new URL(href);
  url.searchParams.set('span', formatDuration(span.to - span.from));
  url.searchParams.set('to', new Date(span.to).toISOString());
  return url.href;
}
