import { isJsonObject, listAt, objectAt, objectKey, stringAt, valueAt } from '@kindscope/kube';
import type { JsonObject, JsonValue } from '@kindscope/kube';
import type { ObjectHandle, OwnerReference } from './object-handle.ts';

/**
 * A handle that keeps the object parsed. Undefined where there is no usable metadata: a Kubernetes object
 * has at least a name, and a resourceVersion to be watched by [I15].
 */
export function createParsedHandle(object: JsonObject): ObjectHandle | undefined {
  const metadata = object['metadata'];
  const name = stringAt(metadata, 'name');
  const resourceVersion = stringAt(metadata, 'resourceVersion');
  if (name === undefined || name === '' || resourceVersion === undefined) return undefined;
  const namespace = stringAt(metadata, 'namespace') ?? '';
  const generation = valueAt(metadata, 'generation');
  return {
    key: objectKey(namespace, name),
    namespace,
    name,
    uid: stringAt(metadata, 'uid') ?? '',
    resourceVersion,
    generation: typeof generation === 'number' ? generation : undefined,
    labels: labelsOf(objectAt(metadata, 'labels')),
    ownerReferences: listAt(metadata, 'ownerReferences').flatMap(ownerOf),
    creationTimestamp: stringAt(metadata, 'creationTimestamp') ?? '',
    deletionTimestamp: stringAt(metadata, 'deletionTimestamp'),
    parse: () => object,
  };
}

/** The labels themselves where they are what they should be: nearly always, and then nothing is copied. */
function labelsOf(labels: JsonObject): Readonly<Record<string, string>> {
  const sound = (entry: [string, JsonValue | undefined]): entry is [string, string] =>
    typeof entry[1] === 'string';
  const entries = Object.entries(labels);
  return entries.every(sound)
    ? (labels as Readonly<Record<string, string>>)
    : Object.fromEntries(entries.filter(sound));
}

function ownerOf(value: JsonValue): OwnerReference[] {
  if (!isJsonObject(value)) return [];
  return [
    {
      apiVersion: stringAt(value, 'apiVersion') ?? '',
      kind: stringAt(value, 'kind') ?? '',
      name: stringAt(value, 'name') ?? '',
      uid: stringAt(value, 'uid') ?? '',
      controller: value['controller'] === true,
    },
  ];
}
