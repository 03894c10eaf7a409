import { jsonEquals } from '@kindscope/kube';
import { clone, type JsonMap } from '../json.ts';
import { abandonedFields } from './abandoned.ts';
import { withinLimit } from './ancient-changes.ts';
import { diffFields } from './field-diff.ts';
import { showPath } from './field-path.ts';
import { withoutFields } from './field-removal.ts';
import { intersection, isEmpty, members, union, type FieldSet } from './field-set.ts';
import {
  ownable,
  readEntries,
  sameWriter,
  type ManagedEntry,
  type Writer,
} from './managed-fields.ts';
import { mergeApplied } from './merge-applied.ts';
import type { Shape } from './shape.ts';
import { spokenFields } from './spoken-fields.ts';
import { losing, recordUpdate, type Recording } from './update-record.ts';

/** A field that somebody else owns and that an apply would change. */
export interface ApplyConflict {
  readonly owner: Writer;
  readonly path: string;
}

export interface Applied {
  readonly object: JsonMap;
  readonly conflicts: readonly ApplyConflict[];
  /** Who owns what once it is stored, to be put in by `writeEntries`. */
  readonly entries: readonly ManagedEntry[];
}

/** What applying needs to know beside the objects. */
export interface Applying extends Recording {
  /** What of an object can be set at the endpoint that is asked. */
  readonly settable: (object: JsonMap) => JsonMap;
}

/** Who is said to have made an object that nobody kept account of. */
const BEFORE_FIRST_APPLY = 'before-first-apply';

/**
 * Server-side apply (KEP-555, structured-merge-diff merge/update.go): what is `said` is merged
 * into `live`; what this writer applied before and says no more goes, unless somebody else owns it.
 * `live` is undefined for what is not there yet, and `empty` is what it would be before anything is
 * said of it.
 */
export function applyFields(
  writer: Writer,
  live: JsonMap | undefined,
  empty: JsonMap,
  said: JsonMap,
  applying: Applying,
): Applied {
  const { shape, time } = applying;
  const applied = applying.settable(said);
  const before = live ?? {};
  const spoken = spokenFields(applied, shape);
  const entries = live === undefined ? [] : knownEntries(writer, live, empty, applying);
  const mine = entries.find((entry) => sameWriter(entry, writer));
  const others = entries.filter((entry) => entry !== mine);
  const merged = mergeApplied(clone(before), applied, shape);
  const object = withoutAbandoned(merged, mine, others, spoken, shape);
  const diff = diffFields(before, object, shape);
  // An order alone is nobody's, and is a change nevertheless.
  const changes = !jsonEquals(before, object);
  const own = { ...writer, time: changes ? time : (mine?.time ?? ''), fields: ownable(spoken) };
  return {
    object,
    conflicts: others.flatMap((entry) => conflictsWith(entry, diff.changed)),
    entries: withinLimit([own, ...losing(others, union(diff.changed, diff.removed))]),
  };
}

/** The entries of an object; one without any is taken for the work of somebody unknown. */
function knownEntries(
  writer: Writer,
  live: JsonMap,
  empty: JsonMap,
  applying: Applying,
): ManagedEntry[] {
  const entries = readEntries(live).filter((entry) => applying.serves(entry.apiVersion));
  if (entries.length > 0) return entries;
  const unknown = { ...live, metadata: clone(live['metadata'] ?? {}) };
  const author: Writer = { ...writer, manager: BEFORE_FIRST_APPLY, operation: 'Update' };
  const { settable } = applying;
  const found = settable(unknown);
  recordUpdate(author, settable(empty), found, applying);
  return readEntries(found);
}

function withoutAbandoned(
  merged: JsonMap,
  mine: ManagedEntry | undefined,
  others: readonly ManagedEntry[],
  spoken: FieldSet,
  shape: Shape,
): JsonMap {
  if (mine === undefined || isEmpty(mine.fields)) return merged;
  let owned = spoken;
  for (const entry of others) owned = union(owned, entry.fields);
  const gone = abandonedFields(merged, mine.fields, owned, shape);
  return isEmpty(gone) ? merged : withoutFields(merged, gone, shape);
}

function conflictsWith(entry: ManagedEntry, changed: FieldSet): ApplyConflict[] {
  return [...members(intersection(entry.fields, changed))].map((path) => ({
    owner: entry,
    path: showPath(path),
  }));
}
