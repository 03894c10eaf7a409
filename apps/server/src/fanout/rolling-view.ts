import { gvrKey } from '@kindscope/kube';
import type { ResourceRef, RollingItem, RolloutLack } from '@kindscope/protocol';
import type { Rolling } from '../rollout/rolling.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import { limits } from './limits.ts';
import { chunks, membersOf, type Body, type View, type ViewSignals } from './view.ts';

interface Published {
  readonly items: ReadonlyMap<string, RollingItem>;
  readonly kinds: readonly ResourceRef[];
  readonly lacks: readonly RolloutLack[];
}

interface News {
  readonly items: readonly RollingItem[];
  readonly removed: readonly string[];
  readonly kinds?: readonly ResourceRef[];
  readonly lacks?: readonly RolloutLack[];
}

/** What is rolling now: items that are new or differ, and those that left. */
export function createRollingView(rolling: Rolling, signals: ViewSignals): View {
  const freshness = createFreshnessWatch(() => rolling.freshness);
  const off = rolling.subscribe(signals.dirty);
  let published = read();

  function read(): Published {
    const items = new Map(rolling.items.map((item) => [item.uid, item]));
    return { items, kinds: rolling.kinds, lacks: rolling.lacks };
  }

  function* bodies({ items, removed, ...whole }: News): Iterable<Body> {
    const parts = [...chunks(items, limits.chunk)];
    for (let place = 0; place < Math.max(1, parts.length); place += 1) {
      const members = {
        items: parts[place] ?? [],
        removed: place === 0 ? removed : [],
        ...(place === 0 && whole),
      };
      yield { type: 'rolling', members: membersOf(members) };
    }
  }

  return {
    uniform: true,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({}),
    flush() {
      const before = published;
      published = read();
      const news = difference(before, published);
      return [...(news === undefined ? [] : bodies(news)), ...freshness.flush()];
    },
    snapshot: () => bodies({ ...published, items: [...published.items.values()], removed: [] }),
    close() {
      off();
      rolling.close();
    },
  };
}

/** Undefined where nothing differs. */
function difference(before: Published, now: Published): News | undefined {
  const items = [...now.items.values()].filter(
    (item) => JSON.stringify(item) !== JSON.stringify(before.items.get(item.uid)),
  );
  const removed = [...before.items.keys()].filter((uid) => !now.items.has(uid));
  const kinds = textOfKinds(before) !== textOfKinds(now);
  const lacks = JSON.stringify(before.lacks) !== JSON.stringify(now.lacks);
  if (items.length === 0 && removed.length === 0 && !kinds && !lacks) return undefined;
  return { items, removed, ...(kinds && { kinds: now.kinds }), ...(lacks && { lacks: now.lacks }) };
}

function textOfKinds({ kinds }: Published): string {
  return kinds.map(gvrKey).join();
}
