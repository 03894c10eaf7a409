import { isMap, listAt, type Json, type JsonMap } from '../json.ts';

/** What is left in a namespace that is being deleted. */
export interface Remainder {
  /** By resource, as `configmaps.` or `widgets.example.com`. */
  readonly objects: ReadonlyMap<string, number>;
  readonly finalizers: ReadonlyMap<string, number>;
}

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What the namespace controller says of it (pkg/controller/namespace/deletion/status_condition_utils.go). */
function conditionsFor({ objects, finalizers }: Remainder): Condition[] {
  return [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      status: 'False',
      reason: 'ResourcesDiscovered',
      message: 'All resources successfully discovered',
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      status: 'False',
      reason: 'ParsedGroupVersions',
      message: 'All legacy kube types successfully parsed',
    },
    {
      type: 'NamespaceDeletionContentFailure',
      status: 'False',
      reason: 'ContentDeleted',
      message: 'All content successfully deleted, may be waiting on finalization',
    },
    objects.size === 0
      ? {
          type: 'NamespaceContentRemaining',
          status: 'False',
          reason: 'ContentRemoved',
          message: 'All content successfully removed',
        }
      : {
          type: 'NamespaceContentRemaining',
          status: 'True',
          reason: 'SomeResourcesRemain',
          message: `Some resources are remaining: ${listed(objects, 'has')}`,
        },
    finalizers.size === 0
      ? {
          type: 'NamespaceFinalizersRemaining',
          status: 'False',
          reason: 'ContentHasNoFinalizers',
          message: 'All content-preserving finalizers finished',
        }
      : {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          reason: 'SomeFinalizersRemain',
          message: `Some content in the namespace has finalizers remaining: ${listed(finalizers, 'in')}`,
        },
  ];
}

function listed(counts: ReadonlyMap<string, number>, word: string): string {
  return [...counts]
    .map(([name, count]) => `${name} ${word} ${count} resource instances`)
    .sort()
    .join(', ');
}

/** Writes the conditions into a namespace's status; one that stays as it is keeps its time. */
export function setConditions(status: JsonMap, remainder: Remainder, now: string): void {
  const before = listAt(status, 'conditions').filter((item) => isMap(item));
  const conditions = conditionsFor(remainder).map(
    ({ type, status: state, reason, message }): Json => {
      const old = before.find((condition) => condition['type'] === type);
      const same = old !== undefined && old['status'] === state;
      const lastTransitionTime = same ? (old['lastTransitionTime'] ?? now) : now;
      return { type, status: state, lastTransitionTime, reason, message };
    },
  );
  const others = before.filter(
    (condition) => !conditions.some((item) => isMap(item) && item['type'] === condition['type']),
  );
  status['conditions'] = [...others, ...conditions];
}
