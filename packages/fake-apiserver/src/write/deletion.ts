import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import { deleteCrd } from '../crd/crd-deletion.ts';
import { isCrdType } from '../crd/crd-type.ts';
import { ensureMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { DeleteOptions } from './delete-options.ts';
import { isNamespace, orphanedByDefault } from './strategies.ts';

export const ORPHAN = 'orphan';
export const FOREGROUND = 'foregroundDeletion';

/** What a deletion does to an object that is there. */
export type Deletion =
  /** It is being deleted already: nothing happens. */
  | { readonly kind: 'pending' }
  /** It goes at once. */
  | { readonly kind: 'remove' }
  /** It is marked, and stays until somebody lets it go. */
  | { readonly kind: 'mark' }
  /** It is marked, which watchers see, and goes at once. */
  | { readonly kind: 'mark-and-remove' };

/**
 * Deletes an object as far as its own state goes (apiserver pkg/registry/rest/delete.go and
 * registry/generic/registry/store.go): what is marked is marked in `object` itself.
 */
export function deletionOf(
  type: ResourceType,
  object: JsonMap,
  options: DeleteOptions,
  now: number,
): Deletion {
  if (isNamespace(type)) return deleteNamespace(object, options, now);
  const marked = isCrdType(type) ? deleteCrd(object, now) : undefined;
  if (marked !== undefined) return marked;
  const metadata = ensureMap(object, 'metadata');
  const grace = graceOf(type, object, options);
  if (grace !== undefined && metadata['deletionTimestamp'] !== undefined) {
    return shorten(metadata, options);
  }
  const finalizersBefore = stringsAt(metadata, 'finalizers');
  setFinalizers(metadata, finalizersAfter(type, finalizersBefore, options));
  const held = listAt(metadata, 'finalizers').length > 0;
  if (grace === undefined) {
    if (!held) return { kind: 'remove' };
    return markNow(metadata, now, finalizersBefore);
  }
  metadata['deletionTimestamp'] = timestamp(now + grace * 1000);
  metadata['deletionGracePeriodSeconds'] = grace;
  raiseGeneration(metadata);
  return { kind: held || grace > 0 ? 'mark' : 'mark-and-remove' };
}

/** Whether nothing holds an object that is being deleted any more. */
export function isReleased(type: ResourceType, before: JsonMap, after: JsonMap): boolean {
  const metadata = mapAt(after, 'metadata');
  if (metadata?.['deletionTimestamp'] === undefined) return false;
  if (listAt(metadata, 'finalizers').length > 0) return false;
  if (isNamespace(type)) return listAt(mapAt(after, 'spec'), 'finalizers').length === 0;
  return (mapAt(before, 'metadata')?.['deletionGracePeriodSeconds'] ?? 0) === 0;
}

/** Seconds a deletion leaves the object; undefined for what knows no graceful deletion. */
function graceOf(
  type: ResourceType,
  object: JsonMap,
  { graceSeconds }: DeleteOptions,
): number | undefined {
  if (type.group !== '' || type.resource !== 'pods') return undefined;
  const spec = mapAt(object, 'spec');
  const phase = stringAt(mapAt(object, 'status'), 'phase');
  if ((stringAt(spec, 'nodeName') ?? '') === '') return 0;
  if (phase === 'Failed' || phase === 'Succeeded') return 0;
  const wanted = graceSeconds ?? spec?.['terminationGracePeriodSeconds'];
  if (typeof wanted !== 'number') return 0;
  return wanted < 0 ? 1 : wanted;
}

/** A deletion that is under way can only be made shorter. */
function shorten(metadata: JsonMap, { graceSeconds }: DeleteOptions): Deletion {
  const current = metadata['deletionGracePeriodSeconds'];
  if (typeof current !== 'number') return { kind: 'remove' };
  const wanted = graceSeconds !== undefined && graceSeconds < 0 ? 1 : graceSeconds;
  if (wanted === undefined || wanted >= current) return { kind: 'pending' };
  const due = Date.parse(stringAt(metadata, 'deletionTimestamp') ?? '');
  metadata['deletionTimestamp'] = timestamp(due - (current - wanted) * 1000);
  metadata['deletionGracePeriodSeconds'] = wanted;
  const held = listAt(metadata, 'finalizers').length > 0;
  return { kind: held || wanted > 0 ? 'mark' : 'mark-and-remove' };
}

function markNow(metadata: JsonMap, now: number, finalizersBefore: readonly string[]): Deletion {
  const marked = metadata['deletionTimestamp'] !== undefined;
  const same = jsonEquals(finalizersBefore, stringsAt(metadata, 'finalizers'));
  if (marked && same && metadata['deletionGracePeriodSeconds'] === 0) return { kind: 'pending' };
  if (!marked) {
    raiseGeneration(metadata);
    metadata['deletionTimestamp'] = timestamp(now);
  }
  metadata['deletionGracePeriodSeconds'] = 0;
  return { kind: 'mark' };
}

function raiseGeneration(metadata: JsonMap): void {
  if (typeof metadata['generation'] === 'number') metadata['generation'] += 1;
}

/** A namespace is held by the finalizers of its spec as well, and says its phase. */
function deleteNamespace(object: JsonMap, options: DeleteOptions, now: number): Deletion {
  const metadata = ensureMap(object, 'metadata');
  if (metadata['deletionTimestamp'] === undefined) {
    const before = stringsAt(metadata, 'finalizers');
    setFinalizers(metadata, dependentsFinalizers(before, options, false));
    metadata['deletionTimestamp'] = timestamp(now);
    ensureMap(object, 'status')['phase'] = 'Terminating';
    return { kind: 'mark' };
  }
  const spec = listAt(mapAt(object, 'spec'), 'finalizers');
  if (spec.length > 0) return { kind: 'pending' };
  return listAt(metadata, 'finalizers').length > 0 ? { kind: 'pending' } : { kind: 'remove' };
}

function finalizersAfter(
  type: ResourceType,
  present: readonly string[],
  options: DeleteOptions,
): readonly string[] {
  // Nothing depends on an event.
  if (type.resource === 'events') return present;
  return dependentsFinalizers(present, options, orphanedByDefault(type));
}

/** Of the two finalizers that say what becomes of dependents, those that a deletion calls for. */
function dependentsFinalizers(
  present: readonly string[],
  { policy, orphanDependents }: DeleteOptions,
  byDefault: boolean,
): readonly string[] {
  const rest = present.filter((finalizer) => finalizer !== ORPHAN && finalizer !== FOREGROUND);
  if (orphanDependents !== undefined) return orphanDependents ? [...rest, ORPHAN] : rest;
  if (policy === 'Orphan') return [...rest, ORPHAN];
  if (policy === 'Foreground') return [...rest, FOREGROUND];
  if (policy === 'Background') return rest;
  const said = present.find((finalizer) => finalizer === ORPHAN || finalizer === FOREGROUND);
  if (said !== undefined) return [...rest, said];
  return byDefault ? [...rest, ORPHAN] : rest;
}

function setFinalizers(metadata: JsonMap, finalizers: readonly string[]): void {
  if (finalizers.length === 0) delete metadata['finalizers'];
  else metadata['finalizers'] = [...finalizers];
}
