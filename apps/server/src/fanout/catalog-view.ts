import type { ResourceInfo } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import { limits } from './limits.ts';
import { chunks, membersOf, type Body, type View, type ViewSignals } from './view.ts';

type CatalogSource = Pick<Catalog, 'resources' | 'onChange' | 'freshness' | 'onFreshness'>;

function catalogBody(items: readonly ResourceInfo[], removed: readonly string[]): Body {
  return { type: 'catalog', members: membersOf({ items, removed }) };
}

/** What the cluster serves: items that are new or differ, and ids of those that left. */
export function createCatalogView(catalog: CatalogSource, signals: ViewSignals): View {
  const freshness = createFreshnessWatch(() => catalog.freshness);
  const items = new Map<string, ResourceInfo>();
  /** What changed since the last flush: undefined where it left. */
  let pending = new Map<string, ResourceInfo | undefined>();

  const offChange = catalog.onChange((changed, removed) => {
    for (const item of changed) pending.set(item.id, item);
    for (const id of removed) pending.set(id, undefined);
    signals.dirty();
  });
  const offFreshness = catalog.onFreshness(signals.dirty);
  for (const item of catalog.resources()) items.set(item.id, item);

  function take(): Body[] {
    if (pending.size === 0) return [];
    const changed: ResourceInfo[] = [];
    const removed: string[] = [];
    for (const [id, item] of pending) {
      if (item === undefined) {
        if (items.delete(id)) removed.push(id);
      } else {
        items.set(id, item);
        changed.push(item);
      }
    }
    pending = new Map();
    return changed.length + removed.length === 0 ? [] : [catalogBody(changed, removed)];
  }

  return {
    uniform: true,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({}),
    flush: () => [...take(), ...freshness.flush()],
    *snapshot() {
      for (const part of chunks([...items.values()], limits.chunk)) yield catalogBody(part, []);
    },
    close() {
      offChange();
      offFreshness();
    },
  };
}
