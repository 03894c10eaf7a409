import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { writeEntries, type Writer } from '../fields/managed-fields.ts';
import { ensureMap, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import type { AdmissionRule } from '../write/admission.ts';
import { isNamespace } from '../write/strategies.ts';
import { attempt, type Background } from './background.ts';
import { writeAsController } from './controller-write.ts';
import { setConditions, type Remainder } from './namespace-conditions.ts';
import { isBeingDeleted } from './owner-graph.ts';

const INITIAL_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const OWN_WRITER: Writer = {
  manager: 'kube-apiserver',
  operation: 'Update',
  apiVersion: 'v1',
  subresource: undefined,
};

/** What the API server itself fills in. */
export const admitNamespace: AdmissionRule = (object, before) => {
  const metadata = ensureMap(object, 'metadata');
  const name = stringAt(metadata, 'name') ?? '';
  ensureMap(metadata, 'labels')['kubernetes.io/metadata.name'] = name;
  if (before === undefined) {
    const asked = stringsAt(mapAt(object, 'spec'), 'finalizers');
    object['spec'] = { finalizers: [...new Set([...asked, 'kubernetes'])] };
    object['status'] = { phase: 'Active' };
  } else if (before['spec'] !== undefined) {
    // Changed by `finalize` alone.
    object['spec'] = before['spec'];
  }
  return object;
};

export function createInitialNamespaces(cluster: Cluster): void {
  const type = cluster.registry.byResource('', 'namespaces');
  if (type === undefined) return;
  const time = timestamp(cluster.clock.now());
  for (const name of INITIAL_NAMESPACES) {
    const metadata: JsonMap = { name, uid: cluster.random.uid(), creationTimestamp: time };
    const namespace: JsonMap = { metadata };
    // The server owns the label that it sets here, and not what every namespace gets.
    const labels = { '.': {}, 'f:kubernetes.io/metadata.name': {} };
    writeEntries(namespace, [
      { ...OWN_WRITER, time, fields: { 'f:metadata': { 'f:labels': labels } } },
    ]);
    cluster.lifecycle.write(type, admitNamespace(namespace, undefined));
  }
}

/** Looked up with every object that is created: a namespace is read once for each of its states. */
const marked = new WeakMap<StoredObject, boolean>();

/** Whether a namespace exists and is being deleted. */
export function isTerminating(cluster: Cluster, namespace: string): boolean {
  const type = cluster.registry.byResource('', 'namespaces');
  const stored = type && cluster.registry.store(type).get('', namespace);
  if (stored === undefined) return false;
  const known = marked.get(stored);
  if (known !== undefined) return known;
  const found = isBeingDeleted(parseStored(stored));
  marked.set(stored, found);
  return found;
}

/**
 * Empties a namespace that is being deleted, says in its status what still holds it, and lets it go
 * once nothing is left in it.
 */
export function runNamespaceController(cluster: Cluster, background: Background): void {
  const { registry, lifecycle } = cluster;
  const terminating = new Set<string>();

  function sync(name: string): void {
    const type = registry.byResource('', 'namespaces');
    const found = type && registry.store(type).get('', name);
    if (type === undefined || found === undefined || !isTerminating(cluster, name)) {
      terminating.delete(name);
      return;
    }
    deleteContent(name);
    const remainder = remainderOf(name);
    const now = timestamp(cluster.clock.now());
    const say = (object: JsonMap): void =>
      setConditions(ensureMap(object, 'status'), remainder, now);
    writeAsController(cluster, type, found, say, 'status');
    if (remainder.objects.size > 0) return;
    const empty = registry.store(type).get('', name);
    if (empty === undefined) return;
    terminating.delete(name);
    const object = parseStored(empty);
    object['spec'] = {};
    lifecycle.write(type, object);
  }

  function deleteContent(namespace: string): void {
    for (const [type, store] of registry.stores()) {
      if (!type.namespaced) continue;
      for (const stored of store.current().objects(namespace)) {
        const live = store.get(namespace, stored.name);
        if (live !== undefined) attempt(() => lifecycle.delete(type, live));
      }
    }
  }

  function remainderOf(namespace: string): Remainder {
    const objects = new Map<string, number>();
    const finalizers = new Map<string, number>();
    const count = (counts: Map<string, number>, key: string): void => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    };
    for (const [type, store] of registry.stores()) {
      if (!type.namespaced) continue;
      for (const stored of store.current().objects(namespace)) {
        count(objects, `${type.resource}.${type.group}`);
        const metadata = mapAt(parseStored(stored), 'metadata');
        for (const finalizer of stringsAt(metadata, 'finalizers')) count(finalizers, finalizer);
      }
    }
    return { objects, finalizers };
  }

  lifecycle.subscribe({
    written(type, stored, object) {
      if (!isNamespace(type) || terminating.has(stored.name) || !isBeingDeleted(object)) return;
      terminating.add(stored.name);
      background.run(() => sync(stored.name));
    },
    removed(type, stored) {
      if (type.namespaced && terminating.has(stored.namespace)) {
        background.run(() => sync(stored.namespace));
      }
    },
  });
}
