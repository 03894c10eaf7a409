import type { Freshness } from '@kindscope/protocol';
import { membersOf, type Body } from './view.ts';

/** The freshness that was last published, and the frame that says another. */
export interface FreshnessWatch {
  readonly shown: Freshness;
  flush(): readonly Body[];
}

export function freshnessBody(freshness: Freshness): Body {
  return { type: 'freshness', members: membersOf({ freshness }) };
}

export function createFreshnessWatch(current: () => Freshness): FreshnessWatch {
  let shown = current();
  let text = JSON.stringify(shown);
  return {
    get shown() {
      return shown;
    },
    flush() {
      const next = current();
      const nextText = JSON.stringify(next);
      if (nextText === text) return [];
      shown = next;
      text = nextText;
      return [freshnessBody(next)];
    },
  };
}
