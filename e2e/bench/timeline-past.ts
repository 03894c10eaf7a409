import type { Change, ChangeClass, ConditionChange, ResourceRef } from '@kindscope/protocol';
import type { ChangeLog, LogDraft } from '../../apps/server/src/timeline/change-log.ts';

export const pastGroups = ['one.bench.example.com', 'two.bench.example.com'] as const;

interface PastKind {
  readonly resource: ResourceRef;
  readonly kind: string;
}

/** The kinds that the past is of. */
export const pastKinds: readonly PastKind[] = pastGroups.flatMap((group) => [
  { resource: { group, version: 'v1', resource: 'widgets' }, kind: 'Widget' },
  { resource: { group, version: 'v1', resource: 'gadgets' }, kind: 'Gadget' },
]);

/** How long the past is that changes are spread over, milliseconds: it is seen whole in an hour. */
const pastMs = 50 * 60_000;
const batch = 10_000;
const namespaces = 10;
const managers = ['kubectl', 'controller', 'autoscaler', 'argocd', 'webhook'] as const;
/** As often as in a lively cluster, in parts of a hundred. */
const shares: readonly (readonly [number, ChangeClass])[] = [
  [45, 'status'],
  [65, 'condition'],
  [80, 'spec'],
  [88, 'metadata'],
  [98, 'heartbeat'],
  [99, 'created'],
  [100, 'deleted'],
];

/** Logs so many changes of so many objects, evenly over the last fifty minutes; each object's differ. */
export function appendPast(
  log: Pick<ChangeLog, 'append'>,
  past: { readonly changes: number; readonly objects: number; readonly now: number },
): void {
  const begin = past.now - pastMs;
  log.append(
    pastKinds.map(({ resource }) => ({
      kind: 'watched',
      ref: resource,
      namespace: undefined,
      time: begin,
    })),
  );
  let drafts: LogDraft[] = [];
  for (let index = 0; index < past.changes; index += 1) {
    const time = Math.round(begin + (index / past.changes) * pastMs);
    drafts.push({
      kind: 'change',
      change: changeOf(index, time, past.objects),
      time,
      before: undefined,
      after: undefined,
    });
    if (drafts.length === batch) {
      log.append(drafts);
      drafts = [];
    }
  }
  log.append(drafts);
}

function changeOf(index: number, time: number, objects: number): Omit<Change, 'id' | 'effect'> {
  const object = scattered(index) % objects;
  const share = scattered(index + 0x5bd1) % 100;
  const shown = shares.find(([below]) => share < below)?.[1] ?? 'status';
  const at = pastKinds[object % pastKinds.length] ?? { resource: missing, kind: '' };
  const manager = managers[scattered(index + 0x1b87) % managers.length] ?? 'kubectl';
  return {
    ...at,
    namespace: `team-${object % namespaces}`,
    name: `${at.kind.toLowerCase()}-${object}`,
    uid: `uid-${object}`,
    from: String(index),
    to: String(index + 1),
    seen: 'watch',
    time: new Date(time).toISOString(),
    classes: [shown],
    fields: [{ path: 'status.observed', before: index, after: index + 1 }],
    managers: [{ manager, operation: 'Update' }],
    ...(shown === 'condition' && { conditions: [conditionOf(index)] }),
  };
}

const missing: ResourceRef = { group: '', version: '', resource: '' };

function conditionOf(index: number): ConditionChange {
  const [from, to] = index % 2 === 0 ? ['True', 'False'] : ['False', 'True'];
  return { type: 'Ready', from, to, reason: 'Turned', heldMs: 1000 };
}

/** A number that says nothing of its neighbours, the same each time. */
function scattered(index: number): number {
  let mixed = Math.imul(index + 1, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
