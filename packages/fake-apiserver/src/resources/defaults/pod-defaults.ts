import { clone, ensureMap, isMap, listAt, mapAt, stringAt, type JsonMap } from '../../json.ts';
import { milliQuantity } from '../typed/quantity.ts';

/** Fills in what a Go type gets where nothing is said. */
export type Defaults = (object: JsonMap) => void;

/** Sets each of `values` that the object does not have. */
export function setMissing(object: JsonMap, values: JsonMap): void {
  for (const [key, value] of Object.entries(values)) {
    if (object[key] === undefined) object[key] = clone(value);
  }
}

const missing =
  (values: JsonMap): Defaults =>
  (object) => {
    setMissing(object, values);
  };

function containerDefaults(container: JsonMap): void {
  setMissing(container, {
    imagePullPolicy: pullPolicyOf(stringAt(container, 'image') ?? ''),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
}

/** An image is pulled anew only under the tag `latest`, which is also meant where there is none. */
function pullPolicyOf(image: string): string {
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : undefined;
  const latest = tag === undefined ? image !== '' && digest === undefined : tag === 'latest';
  return latest ? 'Always' : 'IfNotPresent';
}

function volumeDefaults(volume: JsonMap): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume['emptyDir'] = {};
}

/** Amounts are kept in thousandths. */
function resourceDefaults(resources: JsonMap): void {
  for (const key of ['limits', 'requests']) {
    const amounts = mapAt(resources, key) ?? {};
    for (const [name, amount] of Object.entries(amounts)) {
      if (typeof amount === 'string') amounts[name] = milliQuantity(amount);
    }
  }
}

function podSpecDefaults(spec: JsonMap): void {
  setMissing(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  });
  // `serviceAccount` is the name that the field had once.
  const account = stringAt(spec, 'serviceAccountName') ?? stringAt(spec, 'serviceAccount');
  if (account !== undefined) setMissing(spec, { serviceAccountName: account });
  if (account !== undefined) spec['serviceAccount'] = account;
}

/** What a pod gets and a template of pods does not. */
function podDefaults(pod: JsonMap): void {
  const spec = ensureMap(pod, 'spec');
  for (const container of containersOf(spec)) {
    requestLimits(container);
    if (spec['hostNetwork'] !== true) continue;
    for (const port of listAt(container, 'ports').filter((item) => isMap(item))) {
      port['hostPort'] ??= port['containerPort'];
    }
  }
  setMissing(spec, { enableServiceLinks: true });
}

function requestLimits(container: JsonMap): void {
  const resources = mapAt(container, 'resources');
  const limits = mapAt(resources, 'limits');
  if (resources === undefined || limits === undefined) return;
  setMissing(ensureMap(resources, 'requests'), limits);
}

/** The first of several addresses is the one there was once (conversion.go). */
function podStatusDefaults(status: JsonMap): void {
  const ip = status['podIP'];
  if (ip !== undefined) setMissing(status, { podIPs: [{ ip }] });
}

/** The containers and init containers of a pod. */
export function containersOf(spec: JsonMap | undefined): JsonMap[] {
  return [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].filter((item) =>
    isMap(item),
  );
}

const MODE_0644 = { defaultMode: 0o644 };

/** pkg/apis/core/v1/defaults.go, as far as pods go, by Go type. */
export const POD_DEFAULTS: readonly (readonly [string, Defaults])[] = [
  ['core.v1.Pod', podDefaults],
  ['core.v1.PodSpec', podSpecDefaults],
  ['core.v1.PodStatus', podStatusDefaults],
  ['core.v1.Container', containerDefaults],
  ['core.v1.EphemeralContainer', containerDefaults],
  ['core.v1.ContainerPort', missing({ protocol: 'TCP' })],
  ['core.v1.ResourceRequirements', resourceDefaults],
  [
    'core.v1.Probe',
    missing({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  ],
  ['core.v1.HTTPGetAction', missing({ path: '/', scheme: 'HTTP' })],
  ['core.v1.ObjectFieldSelector', missing({ apiVersion: 'v1' })],
  ['core.v1.GRPCAction', missing({ service: '' })],
  ['core.v1.Volume', volumeDefaults],
  ['core.v1.SecretVolumeSource', missing(MODE_0644)],
  ['core.v1.ConfigMapVolumeSource', missing(MODE_0644)],
  ['core.v1.DownwardAPIVolumeSource', missing(MODE_0644)],
  ['core.v1.ProjectedVolumeSource', missing(MODE_0644)],
  ['core.v1.ServiceAccountTokenProjection', missing({ expirationSeconds: 3600 })],
  ['core.v1.HostPathVolumeSource', missing({ type: '' })],
];
