import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { writeEntries, type Writer } from '../fields/managed-fields.ts';
import { ensureMap, mapAt, stringAt, stringsAt, type JsonMap } from '../json.ts';
import { parseStored } from '../storage/stored-object.ts';
import type { AdmissionRule } from '../write/admission.ts';

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
  } else if (object['spec'] === undefined && before['spec'] !== undefined) {
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

/** Whether a namespace exists and is being deleted. */
export function isTerminating(cluster: Cluster, namespace: string): boolean {
  const type = cluster.registry.byResource('', 'namespaces');
  const stored = type && cluster.registry.store(type).get('', namespace);
  if (stored === undefined) return false;
  return mapAt(parseStored(stored), 'metadata')?.['deletionTimestamp'] !== undefined;
}

/** Empties a namespace that is being deleted, and lets it go once nothing is left in it. */
export function runNamespaceController(cluster: Cluster): void {
  const { registry, lifecycle } = cluster;
  const terminating = new Set<string>();

  function empty(namespace: string): void {
    for (const [type, store] of registry.stores()) {
      if (!type.namespaced) continue;
      for (const stored of store.current().objects(namespace)) {
        if (store.get(namespace, stored.name) !== undefined) lifecycle.delete(type, stored);
      }
    }
    finish(namespace);
  }

  function isEmpty(namespace: string): boolean {
    for (const [type, store] of registry.stores()) {
      if (type.namespaced && store.current().count(namespace) > 0) return false;
    }
    return true;
  }

  function finish(namespace: string): void {
    const type = registry.byResource('', 'namespaces');
    const stored = type && registry.store(type).get('', namespace);
    if (type === undefined || stored === undefined || !isEmpty(namespace)) return;
    const object = parseStored(stored);
    object['spec'] = {};
    terminating.delete(namespace);
    lifecycle.write(type, object);
  }

  lifecycle.subscribe({
    written(type, stored) {
      if (type.group !== '' || type.resource !== 'namespaces') return;
      if (terminating.has(stored.name) || !isTerminating(cluster, stored.name)) return;
      terminating.add(stored.name);
      empty(stored.name);
    },
    removed(type, stored) {
      if (type.namespaced && terminating.has(stored.namespace)) finish(stored.namespace);
    },
  });
}
