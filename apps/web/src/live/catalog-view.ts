import type { ResourceInfo } from '@kindscope/protocol';
import type { ContentFrame } from './cursor.ts';
import { createSharedView, type ViewDeps } from './shared-view.ts';
import type { CatalogSnapshot, View } from './types.ts';

/**
 * The catalogue as it comes and goes. `onAppeared` is told when a resource came that was not
 * there before.
 */
export function createCatalogView(deps: ViewDeps, onAppeared: () => void): View<CatalogSnapshot> {
  let items = new Map<string, ResourceInfo>();
  let sorted: readonly ResourceInfo[] = [];
  let ready = false;

  const apply = (frame: ContentFrame): boolean => {
    if (frame.type !== 'catalog') return false;
    const appeared = frame.items.some(({ id }) => !items.has(id));
    for (const item of frame.items) items.set(item.id, item);
    for (const id of frame.removed) items.delete(id);
    return appeared;
  };
  return createSharedView(deps, {
    request: () => ({ view: 'catalog' }),
    apply: (event) => {
      if (event.kind === 'snapshot') {
        items = new Map();
        for (const frame of event.frames) apply(frame);
        ready = true;
        onAppeared();
      } else if (apply(event.frame)) onAppeared();
      sorted = [...items.values()].toSorted(byGroupAndKind);
    },
    publish: (state) => ({ ...state, items: sorted, ready }),
    onIdle: () => {},
  });
}

function byGroupAndKind(a: ResourceInfo, b: ResourceInfo): number {
  return compare(a.group, b.group) || compare(a.kind, b.kind) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
