import {
  clone,
  ensureMap,
  isMap,
  listAt,
  mapAt,
  setOwn,
  stringAt,
  type JsonMap,
} from '../../json.ts';
import { POD_DEFAULTS, setMissing, type Defaults } from './pod-defaults.ts';
import { WORKLOAD_DEFAULTS } from './workload-defaults.ts';

function service(object: JsonMap): void {
  const spec = ensureMap(object, 'spec');
  setMissing(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  const type = stringAt(spec, 'type') ?? '';
  if (spec['sessionAffinity'] === 'ClientIP') {
    setMissing(spec, { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } });
  } else if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  for (const port of listAt(spec, 'ports').filter((item) => isMap(item))) {
    setMissing(port, { protocol: 'TCP' });
    if ((port['targetPort'] || 0) === 0) port['targetPort'] = port['port'];
  }
  const exposed = type === 'NodePort' || type === 'LoadBalancer';
  if (exposed) setMissing(spec, { externalTrafficPolicy: 'Cluster' });
  if (exposed || type === 'ClusterIP') setMissing(spec, { internalTrafficPolicy: 'Cluster' });
  if (type === 'LoadBalancer') setMissing(spec, { allocateLoadBalancerNodePorts: true });
}

/** `stringData` is written into `data`, in base64, and never read back. */
function secret(object: JsonMap): void {
  setMissing(object, { type: 'Opaque' });
  const plain = mapAt(object, 'stringData');
  delete object['stringData'];
  for (const [key, value] of Object.entries(plain ?? {})) {
    if (typeof value !== 'string') continue;
    setOwn(ensureMap(object, 'data'), key, Buffer.from(value).toString('base64'));
  }
}

/** Namespaces can be selected by their names. */
function namespace(object: JsonMap): void {
  const name = stringAt(mapAt(object, 'metadata'), 'name');
  if (name === undefined) return;
  ensureMap(ensureMap(object, 'metadata'), 'labels')['kubernetes.io/metadata.name'] = name;
}

/** The first of several ranges is the one there was once. */
function nodeSpec(spec: JsonMap): void {
  const range = spec['podCIDR'];
  if (range !== undefined) setMissing(spec, { podCIDRs: [range] });
}

function phase(value: string): Defaults {
  return (object) => {
    setMissing(ensureMap(object, 'status'), { phase: value });
  };
}

function node(object: JsonMap): void {
  const status = mapAt(object, 'status');
  const capacity = mapAt(status, 'capacity');
  if (status !== undefined && capacity !== undefined) {
    setMissing(status, { allocatable: clone(capacity) });
  }
}

function limitRangeItem(item: JsonMap): void {
  if (item['type'] !== 'Container') return;
  setMissing(ensureMap(item, 'default'), mapAt(item, 'max') ?? {});
  const request = ensureMap(item, 'defaultRequest');
  setMissing(request, mapAt(item, 'default') ?? {});
  setMissing(request, mapAt(item, 'min') ?? {});
}

/** Without a metric a scale follows the use of CPU. Rules of its behaviour are taken as they are. */
function autoscaler(object: JsonMap): void {
  const spec = ensureMap(object, 'spec');
  const target = { type: 'Utilization', averageUtilization: 80 };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  setMissing(spec, { minReplicas: 1, metrics });
}

const missing =
  (values: JsonMap): Defaults =>
  (object) => {
    setMissing(object, values);
  };

/** What Kubernetes' types get where nothing is said, by Go type (pkg/apis/…/v1/defaults.go). */
export const TYPE_DEFAULTS: ReadonlyMap<string, Defaults> = new Map([
  ...POD_DEFAULTS,
  ...WORKLOAD_DEFAULTS,
  ['core.v1.Service', service],
  ['core.v1.Secret', secret],
  ['core.v1.Namespace', namespace],
  ['core.v1.Node', node],
  ['core.v1.NodeSpec', nodeSpec],
  ['core.v1.NamespaceStatus', missing({ phase: 'Active' })],
  ['core.v1.EndpointPort', missing({ protocol: 'TCP' })],
  ['core.v1.LimitRangeItem', limitRangeItem],
  ['autoscaling.v2.HorizontalPodAutoscaler', autoscaler],
  ['core.v1.PersistentVolume', phase('Pending')],
  [
    'core.v1.PersistentVolumeSpec',
    missing({ persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
  ],
  ['core.v1.PersistentVolumeClaim', phase('Pending')],
  ['core.v1.PersistentVolumeClaimSpec', missing({ volumeMode: 'Filesystem' })],
  ['discovery.v1.EndpointPort', missing({ name: '', protocol: 'TCP' })],
]);
