import type { RolloutNode } from '@kindscope/protocol';
import { wholeNumber } from '../../../ui/number.ts';

/** `1,998 pods`, `9 ReplicaSets`, `1 Job`, `1,990 more pods`: short kinds as words, composed ones as they are written. */
export function kindWords(
  { kind, resource }: Pick<RolloutNode, 'kind' | 'resource'>,
  count: number,
  more = false,
): string {
  const one = /^[A-Z][a-z]+$/u.test(kind) ? kind.toLowerCase() : kind;
  const words = `${wholeNumber(count)} ${more ? 'more ' : ''}`;
  return words + (count === 1 ? one : pluralOf(one, resource.resource));
}

/** The plural that the API has for it, with the kind's own capitals. */
function pluralOf(kind: string, plural: string): string {
  const stem = Array.from(kind).findIndex((letter, at) => letter.toLowerCase() !== plural[at]);
  const same = stem < 0 ? kind.length : stem;
  return same < kind.length - 2 ? `${kind}s` : kind.slice(0, same) + plural.slice(same);
}
