import type { ObjectHandle } from '@kindscope/informer';
import { parseJson, type JsonObject } from '@kindscope/kube';

export interface FakeObject {
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly created?: string;
  /** JSON of `spec`, so that a test can write digits. */
  readonly spec?: string | undefined;
  readonly status?: string;
}

/** A handle as the informer makes it, of an object with this resourceVersion. */
export function fakeHandle(object: FakeObject, resourceVersion: string): ObjectHandle {
  const { namespace = '', name, labels = {}, created = '2026-11-22T10:00:00Z' } = object;
  const uid = object.uid ?? `uid-of-${namespace}-${name}`;
  const metadata = { name, namespace, uid, resourceVersion, labels, creationTimestamp: created };
  const { spec = '{}', status = '{}' } = object;
  const text = `{"apiVersion":"test.dev/v1","kind":"Widget","metadata":${JSON.stringify(metadata)},"spec":${spec},"status":${status}}`;
  const parsed = parseJson(text) as JsonObject;
  return {
    key: `${namespace}/${name}`,
    namespace,
    name,
    uid,
    resourceVersion,
    generation: undefined,
    labels,
    ownerReferences: [],
    creationTimestamp: created,
    deletionTimestamp: undefined,
    parse: () => parsed,
  };
}
