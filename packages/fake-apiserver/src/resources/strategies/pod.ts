import { timestamp } from '../../clock.ts';
import type { Cluster } from '../../cluster.ts';
import { ensureMap, isMap, listAt, mapAt, stringAt, type JsonMap } from '../../json.ts';
import type { AdmissionRule } from '../../write/admission.ts';
import { containersOf, setMissing } from '../defaults/pod-defaults.ts';
import { parseQuantity } from '../typed/quantity.ts';

/**
 * What a new pod gets from the API server beyond the defaults of its type: from its strategy
 * (pkg/registry/core/pod/strategy.go) and from the admission plugins ServiceAccount, Priority and
 * DefaultTolerationSeconds. Service accounts and priority classes need not exist.
 */
export function admitPod(cluster: Cluster): AdmissionRule {
  return (pod, before) => {
    const spec = ensureMap(pod, 'spec');
    for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
      tolerateForAWhile(spec, key);
    }
    if (before !== undefined) return pod;
    pod['status'] = { phase: 'Pending', qosClass: qosClassOf(spec) };
    runAsServiceAccount(spec, () => cluster.random.nameSuffix());
    // A grace that cannot be is the shortest that can.
    if (Number(spec['terminationGracePeriodSeconds']) < 0)
      spec['terminationGracePeriodSeconds'] = 1;
    setMissing(spec, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    if (listAt(spec, 'schedulingGates').length > 0) {
      ensureMap(pod, 'status')['conditions'] = [gated(timestamp(cluster.clock.now()))];
    }
    return pod;
  };
}

function gated(lastTransitionTime: string): JsonMap {
  return {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
}

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

function runAsServiceAccount(spec: JsonMap, suffix: () => string): void {
  const account = stringAt(spec, 'serviceAccountName') ?? 'default';
  spec['serviceAccountName'] = account;
  spec['serviceAccount'] = account;
  if (spec['automountServiceAccountToken'] === false) return;
  const lacking = containersOf(spec).filter((container) => !mountsToken(container));
  if (lacking.length === 0) return;
  const name = `kube-api-access-${suffix()}`;
  spec['volumes'] = [...listAt(spec, 'volumes'), { name, projected: tokenProjection() }];
  for (const container of lacking) {
    const mount = { name, readOnly: true, mountPath: TOKEN_PATH };
    container['volumeMounts'] = [...listAt(container, 'volumeMounts'), mount];
  }
}

function mountsToken(container: JsonMap): boolean {
  return listAt(container, 'volumeMounts').some(
    (mount) => isMap(mount) && mount['mountPath'] === TOKEN_PATH,
  );
}

function tokenProjection(): JsonMap {
  const namespace = { apiVersion: 'v1', fieldPath: 'metadata.namespace' };
  return {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: namespace }] } },
    ],
    defaultMode: 420,
  };
}

function tolerateForAWhile(spec: JsonMap, key: string): void {
  const tolerations = listAt(spec, 'tolerations');
  const tolerated = tolerations.some(
    (item) =>
      isMap(item) &&
      (item['key'] === key || item['key'] === undefined) &&
      (item['effect'] === 'NoExecute' || item['effect'] === undefined),
  );
  if (tolerated) return;
  const added = { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
  spec['tolerations'] = [...tolerations, added];
}

/** pkg/apis/core/helper/qos: how much of its resources a pod is sure of. */
function qosClassOf(spec: JsonMap): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const amounts = containersOf(spec).map((container) => {
    const resources = mapAt(container, 'resources');
    return { limits: counted(resources, 'limits'), requests: counted(resources, 'requests') };
  });
  if (amounts.every(({ limits, requests }) => limits.size + requests.size === 0)) {
    return 'BestEffort';
  }
  const guaranteed = amounts.every(
    ({ limits, requests }) =>
      limits.size === 2 && [...requests].every(([name, amount]) => limits.get(name) === amount),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** The amounts of CPU and memory that are more than none. */
function counted(resources: JsonMap | undefined, key: string): Map<string, bigint> {
  const amounts = mapAt(resources, key);
  const found = new Map<string, bigint>();
  for (const name of ['cpu', 'memory']) {
    const text = stringAt(amounts, name);
    const nano = text === undefined ? 0n : parseQuantity(text).nano;
    if (nano > 0n) found.set(name, nano);
  }
  return found;
}
