import type { RolloutNews, RolloutWatch } from '../rollout/rollout-watch.ts';
import { createFreshnessWatch } from './freshness-watch.ts';
import { limits } from './limits.ts';
import { chunks, membersOf, type Body, type View, type ViewSignals } from './view.ts';

/** Marks are so small that a frame may have more of them than of anything else. */
const marksInFrame = 10 * limits.chunk;

/** As few frames as can be; what is said of the rollout as a whole is in the first. */
function* bodiesOf({ root, nodes, marks, events, removed, ...whole }: RolloutNews): Iterable<Body> {
  const parts = {
    nodes: [...chunks(nodes, limits.chunk)],
    marks: [...chunks(marks, marksInFrame)],
    events: [...chunks(events, limits.chunk)],
  };
  const frames = Math.max(1, ...Object.values(parts).map(({ length }) => length));
  for (let place = 0; place < frames; place += 1) {
    const members = {
      ...(place === 0 && whole),
      root,
      nodes: parts.nodes[place] ?? [],
      removed: place === 0 ? removed : [],
      marks: parts.marks[place] ?? [],
      events: parts.events[place] ?? [],
    };
    yield { type: 'rollout', members: membersOf(members) };
  }
}

/** One object and what it owns, as it rolls out: whole at first, then what is not as before. */
export function createRolloutView(watch: RolloutWatch, signals: ViewSignals): View {
  const freshness = createFreshnessWatch(() => watch.freshness);
  watch.subscribe(signals.dirty);
  watch.take();

  return {
    uniform: true,
    get freshness() {
      return freshness.shown;
    },
    beginning: () => ({}),
    flush() {
      const news = watch.take();
      return [...(news === undefined ? [] : bodiesOf(news)), ...freshness.flush()];
    },
    snapshot: () => bodiesOf(watch.state()),
    close: () => watch.close(),
  };
}
