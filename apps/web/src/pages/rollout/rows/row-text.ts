import { wholeNumber } from '../../../ui/number.ts';
import { nodeWord } from './node-state.ts';
import type { RolloutRow } from './rollout-rows.ts';

/** `ReplicaSet checkout-85fd6, new, 1 of 3 ready, Scaling up, 2 not ready`: a row, for those who hear it. */
export function rowText(row: RolloutRow): string {
  if (row.kind === 'group') return row.group.text;
  const { kind, name, turn, ready, note, deleted } = row.node;
  const count =
    ready === undefined ? note : `${wholeNumber(ready.is)} of ${wholeNumber(ready.of)} ready`;
  const parts = [
    `${kind} ${name}`,
    turn,
    deleted === undefined ? count : undefined,
    nodeWord(row.node),
    row.hidden > 0 ? `${wholeNumber(row.hidden)} more folded under it` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
