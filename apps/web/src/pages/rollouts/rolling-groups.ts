import type { RollingItem, RolloutState } from '@kindscope/protocol';
import type { Status } from '../../ui/status-glyph.tsx';

/** How a rollout stands, as a word with its shape and colour. */
export const stateWords: Record<
  RolloutState['kind'],
  { readonly status: Status; readonly word: string }
> = {
  stuck: { status: 'failing', word: 'Stuck' },
  failed: { status: 'failing', word: 'Failed' },
  progressing: { status: 'working', word: 'Progressing' },
  paused: { status: 'working', word: 'Paused' },
  healthy: { status: 'healthy', word: 'Healthy' },
  deleted: { status: 'unknown', word: 'Deleted' },
  unknown: { status: 'unknown', word: 'Unknown' },
};

export interface RollingGroup {
  readonly name: string;
  readonly items: readonly RollingItem[];
}

const groups: readonly {
  readonly name: string;
  readonly kinds: readonly RolloutState['kind'][];
}[] = [
  { name: 'Needs somebody', kinds: ['stuck', 'failed'] },
  { name: 'Under way', kinds: ['progressing', 'paused', 'unknown'] },
  { name: 'Through, within the last ten minutes', kinds: ['healthy', 'deleted'] },
];

/** The items in their order, by what they ask of whoever looks; without the groups that are empty. */
export function rollingGroups(items: readonly RollingItem[]): RollingGroup[] {
  return groups
    .map(({ name, kinds }) => ({
      name,
      items: items.filter(({ state }) => kinds.includes(state.kind)),
    }))
    .filter((group) => group.items.length > 0);
}

/** Every word that was typed is in the kind, the namespace or the name. */
export function matchesRolling(item: RollingItem, typed: string): boolean {
  const text = `${item.kind} ${item.namespace}/${item.name} ${stateWords[item.state.kind].word}`;
  const words = typed.toLowerCase().split(/\s+/u);
  return words.every((word) => text.toLowerCase().includes(word));
}
