import { mapAt, parseJson, stringAt, stringMapAt, type JsonMap } from '../json.ts';
import { internalError } from '../status.ts';

/**
 * One version of one object, as bytes. What differs between served versions, `apiVersion` and
 * `kind`, is left off (`conversion: None`), so that lists, watches and every served version share
 * the same bytes. Only what selectors and owners need is kept beside them.
 */
export interface StoredObject {
  /** `namespace/name`, or `name` when cluster-scoped: etcd's order. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly revision: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly owners: readonly string[];
  /** `"metadata":{…},…}`: everything after the two keys left off. */
  readonly tail: Buffer;
}

/** etcd's default request limit, which bounds an object (managedFields included). */
const MAX_BYTES = 1.5 * 1024 * 1024;

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});
const NO_OWNERS: readonly string[] = Object.freeze([]);

export function storageKey(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/**
 * Serialises `object`, which must carry its metadata, at `revision`; 0 stands for none, for what is
 * shown and not kept.
 * Throws the error etcd gives when it is above 1.5 MiB.
 */
export function storeObject(object: JsonMap, revision: number): StoredObject {
  const metadata = mapAt(object, 'metadata') ?? {};
  const namespace = stringAt(metadata, 'namespace') ?? '';
  const name = stringAt(metadata, 'name') ?? '';
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...rest } = object;
  const text = JSON.stringify({
    metadata: revision === 0 ? metadata : { ...metadata, resourceVersion: String(revision) },
    ...rest,
  });
  const tail = ownBytes(text.slice(1));
  if (tail.length > MAX_BYTES) throw internalError('etcdserver: request is too large');
  return {
    key: storageKey(namespace, name),
    namespace,
    name,
    uid: stringAt(metadata, 'uid') ?? '',
    revision,
    labels: labelsOf(metadata),
    owners: ownersOf(metadata),
    tail,
  };
}

/** Not from Buffer's pool, where what is stored would keep alive what only passes through. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

function labelsOf(metadata: JsonMap): Readonly<Record<string, string>> {
  return mapAt(metadata, 'labels') === undefined ? NO_LABELS : stringMapAt(metadata, 'labels');
}

function ownersOf(metadata: JsonMap): readonly string[] {
  const references = metadata['ownerReferences'];
  if (!Array.isArray(references)) return NO_OWNERS;
  return references
    .map((item) => (typeof item === 'object' ? item : null))
    .flatMap((item) => {
      const uid = item === null ? undefined : (item as JsonMap)['uid'];
      return typeof uid === 'string' ? [uid] : [];
    });
}

/** A fresh copy to read or change, without `apiVersion` and `kind`. */
export function parseStored(stored: StoredObject): JsonMap {
  return parseJson(`{${stored.tail.toString()}`) as JsonMap;
}
