import { conditionOf, isMet } from './conditions.ts';
import { humanDuration } from './duration.ts';
import { countAt, listAt, objectAt, property, stringAt } from './json-access.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { podStatus } from './pod-status.ts';
import type { ColumnType, TableColumn } from './table-column.ts';

/**
 * Columns for the built-in kinds that a rollout shows, as `kubectl get` has them; none for any
 * other. Rule: kubernetes `pkg/printers/internalversion/printers.go`.
 */
export function builtInColumns(group: string, resource: string): readonly TableColumn[] {
  return columns.get(group === '' ? resource : `${resource}.${group}`) ?? [];
}

type Cell = (object: JsonObject) => string | null | undefined;

function column(name: string, type: ColumnType, cell: Cell, priority = 0): TableColumn {
  return { name, type, priority, cell: (object) => cell(object) ?? null };
}

function text(name: string, ...path: readonly string[]): TableColumn {
  return column(name, 'string', (object) => stringAt(object, ...path));
}

function count(name: string, ...path: readonly string[]): TableColumn {
  return column(name, 'integer', (object) => String(countAt(object, ...path) ?? 0));
}

function wide(name: string, cell: Cell): TableColumn {
  return column(name, 'string', cell, 1);
}

const images = wide('Images', (object) =>
  joined(listAt(object, 'spec', 'template', 'spec', 'containers'), 'image'),
);
const readyOfDesired = column(
  'Ready',
  'string',
  (object) =>
    `${countAt(object, 'status', 'readyReplicas') ?? 0}/${countAt(object, 'spec', 'replicas') ?? 1}`,
);

const columns: ReadonlyMap<string, readonly TableColumn[]> = new Map([
  [
    'deployments.apps',
    [
      readyOfDesired,
      count('Up-to-date', 'status', 'updatedReplicas'),
      count('Available', 'status', 'availableReplicas'),
      images,
    ],
  ],
  [
    'replicasets.apps',
    [
      count('Desired', 'spec', 'replicas'),
      count('Current', 'status', 'replicas'),
      count('Ready', 'status', 'readyReplicas'),
      images,
    ],
  ],
  ['statefulsets.apps', [readyOfDesired, images]],
  [
    'daemonsets.apps',
    [
      count('Desired', 'status', 'desiredNumberScheduled'),
      count('Current', 'status', 'currentNumberScheduled'),
      count('Ready', 'status', 'numberReady'),
      count('Up-to-date', 'status', 'updatedNumberScheduled'),
      count('Available', 'status', 'numberAvailable'),
      images,
    ],
  ],
  [
    'pods',
    [
      column('Ready', 'string', (pod) => {
        const { ready, containers } = podStatus(pod);
        return `${ready}/${containers}`;
      }),
      column('Status', 'string', (pod) => podStatus(pod).status),
      column('Restarts', 'integer', (pod) => String(podStatus(pod).restarts)),
      wide('IP', (pod) => stringAt(pod, 'status', 'podIP')),
      wide('Node', (pod) => stringAt(pod, 'spec', 'nodeName')),
    ],
  ],
  [
    'jobs.batch',
    [
      column('Status', 'string', jobStatus),
      column('Completions', 'string', completions),
      column('Duration', 'string', jobDuration),
    ],
  ],
  [
    'cronjobs.batch',
    [
      text('Schedule', 'spec', 'schedule'),
      column('Suspend', 'boolean', (job) => String(property(job['spec'], 'suspend') === true)),
      column('Active', 'integer', (job) => String(listAt(job, 'status', 'active').length)),
      column('Last schedule', 'date', (job) => stringAt(job, 'status', 'lastScheduleTime')),
    ],
  ],
  [
    'nodes',
    [
      column('Status', 'string', nodeStatus),
      column('Roles', 'string', nodeRoles),
      text('Version', 'status', 'nodeInfo', 'kubeletVersion'),
      wide('Internal-IP', (node) => {
        const addresses = listAt(node, 'status', 'addresses');
        const internal = addresses.find((entry) => stringAt(entry, 'type') === 'InternalIP');
        return stringAt(internal, 'address');
      }),
    ],
  ],
  ['namespaces', [text('Status', 'status', 'phase')]],
  [
    'services',
    [
      text('Type', 'spec', 'type'),
      text('Cluster-IP', 'spec', 'clusterIP'),
      column('External-IP', 'string', externalAddress),
      column('Port(s)', 'string', servicePorts),
    ],
  ],
  [
    'configmaps',
    [
      column('Data', 'integer', (object) =>
        String(keys(object, 'data') + keys(object, 'binaryData')),
      ),
    ],
  ],
  ['secrets', [text('Type', 'type'), column('Data', 'integer', (s) => String(keys(s, 'data')))]],
  ['events', eventColumns('involvedObject', 'message')],
  ['events.events.k8s.io', eventColumns('regarding', 'note')],
  ['leases.coordination.k8s.io', [text('Holder', 'spec', 'holderIdentity')]],
]);

function eventColumns(about: string, message: string): readonly TableColumn[] {
  return [
    column('Last seen', 'date', lastSeen),
    text('Type', 'type'),
    text('Reason', 'reason'),
    column('Object', 'string', (event) => {
      const kind = stringAt(event, about, 'kind')?.toLowerCase() ?? '';
      return `${kind}/${stringAt(event, about, 'name') ?? ''}`;
    }),
    text('Message', message),
  ];
}

function lastSeen(event: JsonObject): string | undefined {
  return (
    stringAt(event, 'series', 'lastObservedTime') ??
    stringAt(event, 'lastTimestamp') ??
    stringAt(event, 'deprecatedLastTimestamp') ??
    stringAt(event, 'eventTime') ??
    stringAt(event, 'metadata', 'creationTimestamp')
  );
}

function jobStatus(job: JsonObject): string {
  if (isMet(job, 'Complete')) {
    return 'Complete';
  }
  if (isMet(job, 'Failed')) {
    return 'Failed';
  }
  if (stringAt(job, 'metadata', 'deletionTimestamp') !== undefined) {
    return 'Terminating';
  }
  if (isMet(job, 'Suspended')) {
    return 'Suspended';
  }
  return isMet(job, 'FailureTarget') ? 'FailureTarget' : 'Running';
}

function completions(job: JsonObject): string {
  const done = countAt(job, 'status', 'succeeded') ?? 0;
  const wanted = countAt(job, 'spec', 'completions');
  if (wanted !== undefined) {
    return `${done}/${wanted}`;
  }
  const parallelism = countAt(job, 'spec', 'parallelism') ?? 0;
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

/** Only of a finished job: a cell is a fact of the object, and nothing here ticks. */
function jobDuration(job: JsonObject): string | undefined {
  const start = Date.parse(stringAt(job, 'status', 'startTime') ?? '');
  const end = Date.parse(stringAt(job, 'status', 'completionTime') ?? '');
  return Number.isNaN(end - start) ? undefined : humanDuration(end - start);
}

function nodeStatus(node: JsonObject): string {
  const known = { True: 'Ready', False: 'NotReady', Unknown: 'NotReady' };
  const status =
    known[(conditionOf(node, 'Ready')?.status ?? '') as keyof typeof known] ?? 'Unknown';
  return property(node['spec'], 'unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

const rolePrefix = 'node-role.kubernetes.io/';

function nodeRoles(node: JsonObject): string {
  const labels = objectAt(node, 'metadata', 'labels');
  const roles = Object.keys(labels)
    .filter((key) => key.startsWith(rolePrefix))
    .map((key) => key.slice(rolePrefix.length));
  const named = stringAt(labels, 'kubernetes.io/role');
  const all = [...roles, ...(named === undefined ? [] : [named])].filter((role) => role !== '');
  return all.length === 0 ? '<none>' : all.sort().join(',');
}

function externalAddress(service: JsonObject): string {
  const external = listAt(service, 'spec', 'externalIPs').filter((ip) => typeof ip === 'string');
  if (stringAt(service, 'spec', 'type') === 'ExternalName') {
    return stringAt(service, 'spec', 'externalName') ?? '<none>';
  }
  if (stringAt(service, 'spec', 'type') !== 'LoadBalancer') {
    return external.join(',') || '<none>';
  }
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress').map(
    (entry) => stringAt(entry, 'ip') ?? stringAt(entry, 'hostname') ?? '',
  );
  return [...ingress, ...external].join(',') || '<pending>';
}

function servicePorts(service: JsonObject): string {
  const ports = listAt(service, 'spec', 'ports').map((port) => {
    const node = countAt(port, 'nodePort') ?? 0;
    const protocol = stringAt(port, 'protocol') ?? 'TCP';
    return `${countAt(port, 'port') ?? 0}${node === 0 ? '' : `:${node}`}/${protocol}`;
  });
  return ports.join(',') || '<none>';
}

function joined(items: readonly JsonValue[], field: string): string {
  return items.map((item) => stringAt(item, field) ?? '').join(',');
}

function keys(object: JsonObject, field: string): number {
  return Object.keys(objectAt(object, field)).length;
}
