import type { HealthBar, RolloutNode } from '@kindscope/protocol';
import { wholeNumber } from '../../../ui/number.ts';
import type { Life } from './lane-bars.ts';

type Status = HealthBar['status'];

const worstFirst: readonly Status[] = ['failing', 'working', 'unknown', 'healthy'];
const words: Record<Status, string> = {
  failing: 'failing',
  working: 'not ready',
  unknown: 'unknown',
  healthy: 'ready',
};

/**
 * How many objects were together: as bad as the worst of them at each time, and in words how many
 * of them were so at the most. From the first creation to the last end.
 */
export function groupLane(nodes: readonly RolloutNode[]): Life {
  const created = Math.min(...nodes.map((node) => node.created));
  const ends = nodes.map(({ deleted }) => deleted ?? Number.POSITIVE_INFINITY);
  const end = Math.max(...ends);
  return {
    created,
    ...(Number.isFinite(end) ? { deleted: end } : {}),
    bars: groupBars(nodes),
  };
}

interface Edge {
  readonly at: number;
  readonly status: Status;
  readonly by: 1 | -1;
}

function groupBars(nodes: readonly RolloutNode[]): HealthBar[] {
  const edges = nodes
    .flatMap((node) => node.bars.flatMap((bar) => edgesOf(bar, node.deleted)))
    .sort((a, b) => a.at - b.at);
  const counts: Record<Status, number> = { failing: 0, working: 0, unknown: 0, healthy: 0 };
  const bars: { from: number; to?: number; status: Status; most: number }[] = [];
  edges.forEach((edge, at) => {
    counts[edge.status] += edge.by;
    // What happens at once counts together.
    if (edges[at + 1]?.at === edge.at) return;
    const status = worstFirst.find((one) => counts[one] > 0);
    const last = bars.at(-1);
    if (last !== undefined && last.to === undefined && last.status === status) {
      last.most = Math.max(last.most, counts[last.status]);
      return;
    }
    if (last !== undefined) last.to ??= edge.at;
    if (status !== undefined) bars.push({ from: edge.at, status, most: counts[status] });
  });
  return bars.map(({ most, ...bar }) => ({
    ...bar,
    word: `${wholeNumber(most)} ${words[bar.status]}`,
  }));
}

function edgesOf({ from, to, status }: HealthBar, deleted: number | undefined): Edge[] {
  const end = to ?? deleted;
  const begin: Edge = { at: from, status, by: 1 };
  return end === undefined ? [begin] : [begin, { at: end, status, by: -1 }];
}
