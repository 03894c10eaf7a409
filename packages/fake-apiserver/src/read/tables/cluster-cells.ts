import { isMap, type Json } from '../../json.ts';
import type { Cell, Cells } from './cell.ts';
import {
  age,
  at,
  count,
  countAt,
  itemsAt,
  labels,
  shortAt,
  shownByKube,
  text,
  textAt,
  textOr,
} from './cell.ts';

/** How often, if not said: an event without a count has happened once. */
const times: Cell = (event) =>
  countAt(event, 'series', 'count') ||
  countAt(event, 'count') ||
  countAt(event, 'deprecatedCount') ||
  1;

const source: Cell = (event) => {
  const from = (key: string, other: string): string =>
    textAt(event, 'source', key) || textAt(event, 'deprecatedSource', key) || textAt(event, other);
  const component = from('component', 'reportingComponent') || textAt(event, 'reportingController');
  const instance = from('host', 'reportingInstance');
  return instance === '' ? component : `${component}, ${instance}`;
};

function since(...keys: readonly string[]): Cell {
  return (event, now) => {
    const time = keys.map((key) => textAt(event, ...key.split('.'))).find((each) => each !== '');
    return time === undefined ? '<unknown>' : age(time, now);
  };
}

function eventCells(group: string): Cells {
  return {
    ...shownByKube(group, 'events'),
    'Last Seen': since(
      'series.lastObservedTime',
      'lastTimestamp',
      'deprecatedLastTimestamp',
      'eventTime',
    ),
    Subobject: (event) =>
      textAt(event, 'involvedObject', 'fieldPath') || textAt(event, 'regarding', 'fieldPath'),
    Source: source,
    Message: (event) => (textAt(event, 'message') || textAt(event, 'note')).trim(),
    'First Seen': since('firstTimestamp', 'deprecatedFirstTimestamp', 'eventTime'),
    Count: times,
  };
}

const ACCESS: ReadonlyMap<Json, string> = new Map([
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]);

function accessModes(...path: readonly string[]): Cell {
  return (object) => {
    const modes = new Set(itemsAt(object, ...path));
    return [...ACCESS].flatMap(([mode, short]) => (modes.has(mode) ? [short] : [])).join(',');
  };
}

const phase: Cell = (volume) =>
  textAt(volume, 'metadata', 'deletionTimestamp') === ''
    ? textAt(volume, 'status', 'phase')
    : 'Terminating';

/** Facts of a claim that only hold once it has its volume. */
const bound =
  (cell: Cell): Cell =>
  (claim, now) =>
    textAt(claim, 'spec', 'volumeName') === '' ? '' : cell(claim, now);

const STORAGE_CLASS = 'volume.beta.kubernetes.io/storage-class';

const volumes: Cells = {
  Status: phase,
  StorageClass: (volume) =>
    textAt(volume, 'metadata', 'annotations', STORAGE_CLASS) ||
    textAt(volume, 'spec', 'storageClassName'),
  VolumeAttributesClass: textOr('<unset>', 'spec', 'volumeAttributesClassName'),
  VolumeMode: textOr('<unset>', 'spec', 'volumeMode'),
};

function address(type: string): Cell {
  return (node) => {
    const found = itemsAt(node, 'status', 'addresses').find((each) => at(each, 'type') === type);
    return textAt(found, 'address') || '<none>';
  };
}

/** At most three, and how many more. */
function few(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const more = items.length > 3 ? ` + ${items.length - 3} more...` : '';
  return `${items.slice(0, 3).join(',')}${more}`;
}

const endpoints: Cell = (object) =>
  few(
    itemsAt(object, 'subsets').flatMap((subset) => {
      const hosts = itemsAt(subset, 'addresses').map((each) => textAt(each, 'ip'));
      const ports = itemsAt(subset, 'ports').map((each) => countAt(each, 'port'));
      if (ports.length === 0) return hosts;
      return ports.flatMap((port) => hosts.map((host) => `${host}:${port}`));
    }),
    '<none>',
  );

const slicePorts: Cell = (slice) => {
  const ports = itemsAt(slice, 'ports').map((each) => shortAt(each, 'port') ?? '*');
  return few(ports, '<unset>');
};

const ingressHosts: Cell = (ingress) => {
  const hosts = itemsAt(ingress, 'spec', 'rules').map((rule) => textAt(rule, 'host') || '*');
  return few(hosts, '*');
};

const ingressAddress: Cell = (ingress) =>
  itemsAt(ingress, 'status', 'loadBalancer', 'ingress')
    .map((each) => textAt(each, 'ip') || textAt(each, 'hostname'))
    .join(',');

const intOrString = (value: Json | undefined): Json =>
  typeof value === 'string' || typeof value === 'number' ? value : 'N/A';

/** `cpu: <unknown>/80%`, for the metrics that most autoscalers have. */
function target(metric: Json, current: Json | undefined): string {
  const name = textAt(metric, 'resource', 'name');
  if (name === '') return '<unknown>';
  const percent = shortAt(metric, 'resource', 'target', 'averageUtilization') !== undefined;
  const wanted = percent ? 'averageUtilization' : 'averageValue';
  const show = (value: string | undefined): string =>
    value === undefined ? '<unknown>' : `${value}${percent ? '%' : ''}`;
  const now = show(shortAt(current, 'resource', 'current', wanted));
  return `${name}: ${now}/${show(shortAt(metric, 'resource', 'target', wanted))}`;
}

const targets: Cell = (scaler) => {
  const metrics = itemsAt(scaler, 'spec', 'metrics');
  const current = itemsAt(scaler, 'status', 'currentMetrics');
  const shown = metrics.slice(0, 2).map((metric, index) => target(metric, current[index]));
  if (shown.length === 0) return '<none>';
  const more = metrics.length > 2 ? ` + ${metrics.length - 2} more...` : '';
  return `${shown.join(', ')}${more}`;
};

/** `requests.cpu: 0/2, pods: 1/10`: what is used of what a quota allows. */
function quota(limits: boolean): Cell {
  return (object) => {
    const hard = at(object, 'status', 'hard');
    const parts = Object.keys(isMap(hard) ? hard : {})
      .filter((name) => name.startsWith('limits') === limits)
      .sort()
      .map((name) => `${name}: ${textAt(object, 'status', 'used', name)}/${textAt(hard, name)}`);
    return parts.join(', ');
  };
}

/** All that is no workload. */
export const clusterCells: Readonly<Record<string, Cells>> = {
  namespaces: shownByKube('', 'namespaces'),
  configmaps: shownByKube('', 'configmaps'),
  secrets: shownByKube('', 'secrets'),
  services: { ...shownByKube('', 'services'), Selector: labels('spec', 'selector') },
  events: eventCells(''),
  'events.events.k8s.io': eventCells('events.k8s.io'),
  'leases.coordination.k8s.io': shownByKube('coordination.k8s.io', 'leases'),
  nodes: {
    ...shownByKube('', 'nodes'),
    'Internal-IP': address('InternalIP'),
    'External-IP': address('ExternalIP'),
    'OS-Image': textOr('<unknown>', 'status', 'nodeInfo', 'osImage'),
    'Kernel-Version': textOr('<unknown>', 'status', 'nodeInfo', 'kernelVersion'),
    'Container-Runtime': textOr('<unknown>', 'status', 'nodeInfo', 'containerRuntimeVersion'),
  },
  persistentvolumes: {
    ...volumes,
    Capacity: text('spec', 'capacity', 'storage'),
    'Access Modes': accessModes('spec', 'accessModes'),
    'Reclaim Policy': text('spec', 'persistentVolumeReclaimPolicy'),
    Claim: (volume) => {
      const claim = at(volume, 'spec', 'claimRef');
      return claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`;
    },
    Reason: text('status', 'reason'),
  },
  persistentvolumeclaims: {
    ...volumes,
    Volume: text('spec', 'volumeName'),
    Capacity: bound(text('status', 'capacity', 'storage')),
    'Access Modes': bound(accessModes('status', 'accessModes')),
  },
  endpoints: { Endpoints: endpoints },
  'endpointslices.discovery.k8s.io': {
    AddressType: text('addressType'),
    Ports: slicePorts,
    Endpoints: (slice) =>
      few(
        itemsAt(slice, 'endpoints').flatMap((each) => itemsAt(each, 'addresses').map(String)),
        '<unset>',
      ),
  },
  'ingresses.networking.k8s.io': {
    Class: textOr('<none>', 'spec', 'ingressClassName'),
    Hosts: ingressHosts,
    Address: ingressAddress,
    Ports: (ingress) => (itemsAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80'),
  },
  'poddisruptionbudgets.policy': {
    'Min Available': (budget) => intOrString(at(budget, 'spec', 'minAvailable')),
    'Max Unavailable': (budget) => intOrString(at(budget, 'spec', 'maxUnavailable')),
    'Allowed Disruptions': count('status', 'disruptionsAllowed'),
  },
  'horizontalpodautoscalers.autoscaling': {
    Reference: (scaler) => {
      const target = at(scaler, 'spec', 'scaleTargetRef');
      return `${textAt(target, 'kind')}/${textAt(target, 'name')}`;
    },
    Targets: targets,
    MinPods: (scaler) => at(scaler, 'spec', 'minReplicas') ?? '<unset>',
    MaxPods: count('spec', 'maxReplicas'),
    Replicas: count('status', 'currentReplicas'),
  },
  resourcequotas: { Request: quota(false), Limit: quota(true) },
};
