import {
  formatLabelRequirement,
  matchesLabels,
  parseLabelSelector,
  type LabelRequirement,
} from '@kindscope/kube';
import type { Change, FieldChange } from '@kindscope/protocol';

/**
 * How a change moved its object relative to the feed's selector, `left tier=web`: the terms that
 * its labels met on one side of the change only. Undefined where it moved it not at all.
 */
export function effectText(change: Change, labelSelector: string | undefined): string | undefined {
  if (change.effect === undefined) return undefined;
  const word = change.effect === 'enter' ? 'entered' : 'left';
  const terms = movedTerms(change, labelSelector);
  return `${word} ${terms.length === 0 ? 'what matches here' : terms.join(', ')}`;
}

function movedTerms(change: Change, labelSelector: string | undefined): string[] {
  const parsed = parseLabelSelector(labelSelector ?? '');
  if (!parsed.ok) return [];
  const wanted = change.effect === 'enter';
  return parsed.selector.requirements
    .filter((requirement) => {
      const field = change.fields.find(({ path }) => labelOf(path) === requirement.key);
      return (
        field !== undefined &&
        meets(requirement, field.after) === wanted &&
        meets(requirement, field.before) !== wanted
      );
    })
    .map(formatLabelRequirement);
}

function meets(requirement: LabelRequirement, value: FieldChange['before']): boolean {
  const labels = typeof value === 'string' ? { [requirement.key]: value } : {};
  return matchesLabels({ requirements: [requirement] }, labels);
}

/** `metadata.labels.tier` and `metadata.labels[example.com/tier]` name a label. */
function labelOf(path: string): string | undefined {
  const start = 'metadata.labels';
  if (!path.startsWith(start)) return undefined;
  const rest = path.slice(start.length);
  if (rest.startsWith('.')) return rest.slice(1);
  return /^\[["']?(.*?)["']?\]$/u.exec(rest)?.[1];
}
