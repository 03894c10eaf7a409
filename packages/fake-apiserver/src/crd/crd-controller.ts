import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { attempt } from '../controllers/background.ts';
import type { Writer } from '../fields/managed-fields.ts';
import { shapeOf } from '../fields/shape.ts';
import { recordUpdate } from '../fields/update-record.ts';
import { clone, ensureMap, listAt, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { approvalCondition } from './api-approval.ts';
import { conditionOf, isConditionTrue, withConditions, type Condition } from './crd-conditions.ts';
import { CLEANUP_FINALIZER } from './crd-deletion.ts';
import { acceptNames } from './crd-names-acceptance.ts';
import { isCrdType, typeOfCrd } from './crd-type.ts';

const CONTROLLER: Writer = {
  manager: 'kube-apiserver',
  operation: 'Update',
  apiVersion: 'apiextensions.k8s.io/v1',
  subresource: 'status',
};

/**
 * What Kubernetes' CRD controllers do, one write after the other: judge the approval, accept the
 * names, establish, serve; and, once a CRD is deleted, delete its objects, withdraw the endpoints
 * and let it go. Every write of a CRD brings it here again, for the next step.
 */
export function runCrdController(cluster: Cluster): void {
  const { registry, lifecycle } = cluster;
  /** What each CRD was served by, so that a change of it is noticed. */
  const servedBy = new Map<string, string>();

  function reconcile(type: ResourceType, stored: StoredObject): void {
    const crd = parseStored(stored);
    if (mapAt(crd, 'metadata')?.['deletionTimestamp'] !== undefined) {
      terminate(type, crd);
      return;
    }
    if (approve(type, crd) || name(type, crd) || establish(type, crd)) return;
    if (isConditionTrue(crd, 'Established')) serve(crd);
  }

  function approve(type: ResourceType, crd: JsonMap): boolean {
    const condition = approvalCondition(crd);
    if (condition === undefined || isSaid(crd, condition)) return false;
    writeStatus(type, crd, [condition]);
    return true;
  }

  function name(type: ResourceType, crd: JsonMap): boolean {
    const acceptance = acceptNames(crd, crdsOfGroup(type, groupOf(crd)));
    if (acceptance === undefined) return false;
    const before = clone(crd);
    ensureMap(crd, 'status')['acceptedNames'] = acceptance.acceptedNames;
    writeStatus(type, crd, acceptance.conditions, before);
    // What it has given up others may get.
    reconcileOthers(type, crd);
    return true;
  }

  function establish(type: ResourceType, crd: JsonMap): boolean {
    if (!isConditionTrue(crd, 'NamesAccepted') || isConditionTrue(crd, 'Established')) return false;
    const condition: Condition = {
      type: 'Established',
      status: 'True',
      reason: 'InitialNamesAccepted',
      message: 'the initial names have been accepted',
    };
    writeStatus(type, crd, [condition]);
    return true;
  }

  /** Serves it. Where it was served in another form, the watches of that end, as Kubernetes' do. */
  function serve(crd: JsonMap): void {
    const type = typeOfCrd(crd);
    const form = JSON.stringify([crd['spec'], mapAt(crd, 'status')?.['acceptedNames']]);
    const key = `${type.resource}.${type.group}`;
    const known = servedBy.get(key);
    if (known === form) return;
    servedBy.set(key, form);
    const before = registry.byResource(type.group, type.resource);
    const isReshaped =
      before !== undefined && !jsonEquals(storedSchema(before), storedSchema(type));
    const schemaSince = isReshaped ? cluster.revision.current : before?.schemaSince;
    registry.serve({ ...type, ...(schemaSince === undefined ? {} : { schemaSince }) });
    if (known !== undefined) registry.store(type).close();
  }

  function terminate(type: ResourceType, crd: JsonMap): void {
    if (!stringsAt(mapAt(crd, 'metadata'), 'finalizers').includes(CLEANUP_FINALIZER)) return;
    const custom = typeOfCrd(crd);
    const served = registry.byResource(custom.group, custom.resource);
    if (conditionOf(crd, 'Terminating')?.['reason'] !== 'InstanceDeletionInProgress') {
      if (served !== undefined) registry.serve({ ...served, terminating: true });
      const condition: Condition = {
        type: 'Terminating',
        status: 'True',
        reason: 'InstanceDeletionInProgress',
        message: 'CustomResource deletion is in progress',
      };
      writeStatus(type, crd, [condition]);
      return;
    }
    if (served !== undefined) {
      const store = registry.store(served);
      for (const stored of store.current()) attempt(() => lifecycle.delete(served, stored));
      // The last of them to go has brought the CRD here already.
      const withdrawn = registry.byResource(custom.group, custom.resource) === undefined;
      if (withdrawn || store.size > 0) return;
      registry.withdraw(custom.group, custom.resource);
    }
    servedBy.delete(`${custom.resource}.${custom.group}`);
    release(type, crd);
  }

  function release(type: ResourceType, crd: JsonMap): void {
    const metadata = mapAt(crd, 'metadata') ?? {};
    metadata['finalizers'] = listAt(metadata, 'finalizers').filter(
      (finalizer) => finalizer !== CLEANUP_FINALIZER,
    );
    lifecycle.write(type, crd);
  }

  function writeStatus(
    type: ResourceType,
    crd: JsonMap,
    conditions: readonly Condition[],
    before = clone(crd),
  ): void {
    const status = ensureMap(crd, 'status');
    const time = timestamp(cluster.clock.now());
    status['conditions'] = withConditions(status, conditions, time);
    const [version] = type.versions;
    if (version !== undefined) {
      const shape = shapeOf({ type, version });
      recordUpdate(CONTROLLER, before, crd, { shape, time, serves: () => true });
    }
    lifecycle.write(type, crd);
  }

  function crdsOfGroup(type: ResourceType, group: string): JsonMap[] {
    return storedOfGroup(type, group).map((stored) => parseStored(stored));
  }

  function storedOfGroup(type: ResourceType, group: string): readonly StoredObject[] {
    // A CRD's name ends in its group.
    return [...registry.store(type).current()].filter(
      (stored) => stored.name.slice(stored.name.indexOf('.') + 1) === group,
    );
  }

  function reconcileOthers(type: ResourceType, crd: JsonMap): void {
    const own = stringAt(mapAt(crd, 'metadata'), 'name') ?? '';
    for (const { name: other } of storedOfGroup(type, groupOf(crd))) {
      const current = registry.store(type).get('', other);
      if (other !== own && current !== undefined) reconcile(type, current);
    }
  }

  lifecycle.subscribe({
    written(type, stored) {
      if (isCrdType(type)) reconcile(type, stored);
    },
    removed(type, stored) {
      if (isCrdType(type)) {
        reconcileOthers(type, parseStored(stored));
        return;
      }
      if (!type.custom || registry.store(type).size > 0) return;
      const crds = registry.byResource('apiextensions.k8s.io', 'customresourcedefinitions');
      const crd = crds && registry.store(crds).get('', `${type.resource}.${type.group}`);
      if (crds !== undefined && crd !== undefined) reconcile(crds, crd);
    },
  });
}

function storedSchema(type: ResourceType): JsonMap | undefined {
  return type.versions.find((version) => version.storage)?.schema;
}

function groupOf(crd: JsonMap): string {
  return stringAt(mapAt(crd, 'spec'), 'group') ?? '';
}

function isSaid(crd: JsonMap, condition: Condition): boolean {
  const known = conditionOf(crd, condition.type);
  return (
    known?.['status'] === condition.status &&
    known['reason'] === condition.reason &&
    known['message'] === condition.message
  );
}
