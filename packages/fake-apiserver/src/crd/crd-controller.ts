import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { recordUpdate, type Writer } from '../fields/managed-fields.ts';
import { shapeOf } from '../fields/shape.ts';
import { clone, listAt, mapAt, stringsAt, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { CLEANUP_FINALIZER, storageVersion } from './crd-admission.ts';
import { isConditionTrue, withConditions, type Condition } from './crd-conditions.ts';
import { typeOfCrd } from './crd-type.ts';

const CONTROLLER: Writer = {
  manager: 'kube-apiserver',
  operation: 'Update',
  apiVersion: 'apiextensions.k8s.io/v1',
  subresource: 'status',
};

/**
 * What Kubernetes' CRD controllers do: accept the names, establish, serve; and, once a CRD is
 * deleted, delete its objects, withdraw the endpoints and let it go.
 */
export function runCrdController(cluster: Cluster): void {
  const { registry, lifecycle } = cluster;

  function reconcile(type: ResourceType, stored: StoredObject): void {
    const crd = parseStored(stored);
    if (mapAt(crd, 'metadata')?.['deletionTimestamp'] !== undefined) {
      terminate(type, crd);
      return;
    }
    const before = clone(crd);
    const conditions = conditionsFor(crd);
    setStatus(crd, conditions, timestamp(cluster.clock.now()));
    if (isConditionTrue(crd, 'Established')) serve(typeOfCrd(crd));
    if (jsonEquals(before, crd)) return;
    record(type, before, crd);
    lifecycle.write(type, crd);
  }

  /** Serves it. Where it was served in another form, the watches of that end, as Kubernetes' do. */
  function serve(type: ResourceType): void {
    const before = registry.byResource(type.group, type.resource);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(type)) return;
    registry.serve(type);
    if (before !== undefined) registry.store(type).close();
  }

  function record(type: ResourceType, before: JsonMap, crd: JsonMap): void {
    const [version] = type.versions;
    if (version === undefined) return;
    const time = timestamp(cluster.clock.now());
    recordUpdate(CONTROLLER, before, crd, shapeOf({ type, version }), time);
  }

  function conditionsFor(crd: JsonMap): Condition[] {
    const clash = clashingName(crd);
    if (clash === undefined) {
      return [
        {
          type: 'NamesAccepted',
          status: 'True',
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
        {
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
      ];
    }
    const refused: Condition = { type: 'NamesAccepted', status: 'False', ...clash };
    if (isConditionTrue(crd, 'Established')) return [refused];
    return [
      refused,
      {
        type: 'Established',
        status: 'False',
        reason: 'NotAccepted',
        message: 'not all names are accepted',
      },
    ];
  }

  /** A kind or list kind that another resource of the group already has. */
  function clashingName(crd: JsonMap): { reason: string; message: string } | undefined {
    const { group, resource, kind, listKind } = typeOfCrd(crd);
    for (const other of registry.types()) {
      if (other.group !== group || other.resource === resource) continue;
      // The last of the names that clash is the one that is told.
      if (other.listKind === listKind || other.kind === listKind) {
        return { reason: 'ListKindConflict', message: `"${listKind}" is already in use` };
      }
      if (other.kind === kind || other.listKind === kind) {
        return { reason: 'KindConflict', message: `"${kind}" is already in use` };
      }
    }
    return undefined;
  }

  function terminate(type: ResourceType, crd: JsonMap): void {
    if (!stringsAt(mapAt(crd, 'metadata'), 'finalizers').includes(CLEANUP_FINALIZER)) return;
    const custom = typeOfCrd(crd);
    const served = registry.byResource(custom.group, custom.resource);
    if (served !== undefined) {
      if (!isConditionTrue(crd, 'Terminating')) {
        markTerminating(type, crd);
        return;
      }
      const store = registry.store(served);
      for (const stored of store.current()) lifecycle.delete(served, stored);
      // The last of them to go has brought the CRD here already.
      const withdrawn = registry.byResource(custom.group, custom.resource) === undefined;
      if (withdrawn || store.size > 0) return;
      registry.withdraw(custom.group, custom.resource);
    }
    release(type, crd);
  }

  /** Written once; the write brings the CRD back here, to delete what is left. */
  function markTerminating(type: ResourceType, crd: JsonMap): void {
    const terminating: Condition = {
      type: 'Terminating',
      status: 'True',
      reason: 'InstanceDeletionInProgress',
      message: 'CustomResource deletion is in progress',
    };
    const status = mapAt(crd, 'status') ?? {};
    status['conditions'] = withConditions(status, [terminating], timestamp(cluster.clock.now()));
    crd['status'] = status;
    lifecycle.write(type, crd);
  }

  function release(type: ResourceType, crd: JsonMap): void {
    const metadata = mapAt(crd, 'metadata') ?? {};
    metadata['finalizers'] = listAt(metadata, 'finalizers').filter(
      (finalizer) => finalizer !== CLEANUP_FINALIZER,
    );
    lifecycle.write(type, crd);
  }

  lifecycle.subscribe({
    written(type, stored) {
      if (isCrdType(type)) reconcile(type, stored);
    },
    removed(type) {
      if (!type.custom || registry.store(type).size > 0) return;
      const crds = registry.byResource('apiextensions.k8s.io', 'customresourcedefinitions');
      const crd = crds && registry.store(crds).get('', `${type.resource}.${type.group}`);
      if (crds !== undefined && crd !== undefined) reconcile(crds, crd);
    },
  });
}

function isCrdType(type: ResourceType): boolean {
  return type.group === 'apiextensions.k8s.io' && type.resource === 'customresourcedefinitions';
}

function setStatus(crd: JsonMap, conditions: readonly Condition[], now: string): void {
  const status = mapAt(crd, 'status') ?? {};
  const version = storageVersion(crd);
  const storedVersions = stringsAt(status, 'storedVersions');
  status['conditions'] = withConditions(status, conditions, now);
  if (conditions.every((condition) => condition.status === 'True')) {
    status['acceptedNames'] = clone(mapAt(mapAt(crd, 'spec'), 'names') ?? {});
  }
  status['storedVersions'] = storedVersions.includes(version)
    ? storedVersions
    : [...storedVersions, version].filter((name) => name !== '');
  crd['status'] = status;
}
