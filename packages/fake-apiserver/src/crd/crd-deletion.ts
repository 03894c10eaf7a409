import { timestamp } from '../clock.ts';
import { ensureMap, stringsAt, type JsonMap } from '../json.ts';
import type { Deletion } from '../write/deletion.ts';
import { withConditions } from './crd-conditions.ts';

/** Holds a CRD until its objects are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Marks a CRD as being deleted; its objects go before it does
 * (registry/customresourcedefinition/etcd.go). Undefined when it is marked already.
 */
export function deleteCrd(crd: JsonMap, now: number): Deletion | undefined {
  const metadata = ensureMap(crd, 'metadata');
  if (metadata['deletionTimestamp'] !== undefined) return undefined;
  const time = timestamp(now);
  metadata['deletionTimestamp'] = time;
  const finalizers = stringsAt(metadata, 'finalizers');
  if (!finalizers.includes(CLEANUP_FINALIZER)) {
    metadata['finalizers'] = [...finalizers, CLEANUP_FINALIZER];
  }
  const status = ensureMap(crd, 'status');
  const pending = {
    type: 'Terminating',
    status: 'True',
    reason: 'InstanceDeletionPending',
    message:
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  } as const;
  status['conditions'] = withConditions(status, [pending], time);
  return { kind: 'mark' };
}
