import type { Change } from '@kindscope/protocol';
import { lifeSentence, relistSentence, shownFields } from '../../ui/changes/change-lines.ts';
import { conditionParts } from '../../ui/changes/condition-text.ts';
import { shortPath } from '../../ui/changes/path-text.ts';
import { clippedPair, valueText } from '../../ui/changes/value-text.ts';
import { changeClassWords } from '../../ui/class-glyph.tsx';
import { clockTime, clockTimeMs } from '../../ui/time.ts';

/** What changed, in one line of text: its life, its conditions, its fields, as far as they are known. */
export function changeText(change: Change): string {
  const life = lifeSentence(change, change.formerLife && clockTime(change.formerLife.ended));
  const conditions = (change.conditions ?? []).map((condition) => {
    const { lead, status, rest } = conditionParts(condition);
    const reason = condition.reason ? `, ${condition.reason}` : '';
    return `${lead}${status}${rest}${reason}`;
  });
  const { fields, more } = shownFields(change);
  const parts = [life ?? [], conditions, fields.map(fieldText), more > 0 ? `${more} more` : []];
  const said = parts.flat().join('; ');
  return said === '' ? change.classes.map((name) => changeClassWords[name]).join(', ') : said;
}

function fieldText(field: Change['fields'][number]): string {
  const before = 'before' in field ? valueText(field.before) : undefined;
  const after = 'after' in field ? valueText(field.after) : undefined;
  const short = clippedPair(before ?? '', after ?? '');
  const path = shortPath(field.path);
  if (before === undefined) return `${path} added ${short.after}`;
  return after === undefined ? `${path} removed` : `${path} ${short.before} → ${short.after}`;
}

/** What a screen reader says of a mark. */
export function markSentence(change: Change): string {
  const where = change.namespace === '' ? '' : ` in ${change.namespace}`;
  const relist = relistSentence(change, clockTime);
  const time = relist ?? `at ${clockTimeMs(change.time)}`;
  const classes = change.classes.map((name) => changeClassWords[name]).join(', ');
  const text = changeText(change);
  const more = text === classes ? '' : `: ${text}`;
  return `${change.kind} ${change.name}${where}, ${classes}, ${time}${more}`;
}
