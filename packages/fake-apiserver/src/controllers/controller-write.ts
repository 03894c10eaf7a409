import { jsonEquals } from '@kindscope/kube';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import type { JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { stampFor } from '../write/stamp.ts';

/** Whom Kubernetes' own controllers write as. */
const MANAGER = 'kube-controller-manager';

/** Changes an object as a controller of Kubernetes does: recorded as its work, and past admission. */
export function writeAsController(
  cluster: Cluster,
  type: ResourceType,
  stored: StoredObject,
  change: (object: JsonMap) => void,
  subresource?: string,
): void {
  const version = type.versions.find((item) => item.storage);
  if (version === undefined) return;
  const before = parseStored(stored);
  const after = parseStored(stored);
  change(after);
  if (jsonEquals(before, after)) return;
  const stamp = stampFor({
    served: { type, version },
    namespace: stored.namespace,
    name: stored.name,
    subresource,
    manager: MANAGER,
    dryRun: false,
    fieldValidation: 'Ignore',
    warnings: [],
    duplicates: [],
  });
  stamp(before, after, timestamp(cluster.clock.now()));
  cluster.lifecycle.write(type, after);
}
