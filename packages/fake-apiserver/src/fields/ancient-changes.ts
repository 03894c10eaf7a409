import { union } from './field-set.ts';
import { compare, type ManagedEntry } from './managed-fields.ts';

/** How many updaters an object remembers one by one (apiserver endpoints/handlers/fieldmanager). */
const MAX_UPDATERS = 10;

const BUCKET = 'ancient-changes';

/**
 * Merges the oldest updaters of each version into one entry, until no more are left than an object
 * remembers (capmanagers.go).
 */
export function withinLimit(entries: readonly ManagedEntry[]): readonly ManagedEntry[] {
  const updaters = entries.filter((entry) => entry.operation === 'Update').sort(oldestFirst);
  if (updaters.length <= MAX_UPDATERS) return entries;
  const merged = new Set<ManagedEntry>();
  const buckets = new Map<string, ManagedEntry>();
  const firsts = new Map<string, ManagedEntry>();
  let count = updaters.length;
  for (const entry of updaters) {
    if (count <= MAX_UPDATERS) break;
    const first = firsts.get(entry.apiVersion);
    if (first === undefined) {
      firsts.set(entry.apiVersion, entry);
      continue;
    }
    const bucket = buckets.get(entry.apiVersion) ?? asBucket(first);
    const fields = union(entry.fields, bucket.fields);
    buckets.set(entry.apiVersion, { ...bucket, time: entry.time, fields });
    merged.add(first).add(entry);
    count -= 1;
  }
  return [...entries.filter((entry) => !merged.has(entry)), ...buckets.values()];
}

function asBucket(entry: ManagedEntry): ManagedEntry {
  return { ...entry, manager: BUCKET, subresource: undefined };
}

function oldestFirst(a: ManagedEntry, b: ManagedEntry): number {
  return compare(a.time, b.time) || compare(identity(a), identity(b));
}

/** The text by which Kubernetes tells managers apart. */
function identity({ manager, operation, apiVersion, subresource }: ManagedEntry): string {
  return JSON.stringify({ manager, operation, apiVersion, subresource });
}
