import { definitionName } from '../openapi/definitions.ts';
import { resolvedSchema } from '../openapi/resolved-schema.ts';
import { STORED_VERBS, type ResourceType, type ResourceVersionType } from './resource-type.ts';

interface BuiltIn {
  readonly group?: string;
  readonly version?: string;
  readonly resource: string;
  readonly singular?: string;
  readonly kind: string;
  readonly clusterScoped?: true;
  readonly shortNames?: readonly string[];
  readonly inAll?: true;
  readonly status?: true;
  readonly generation?: true;
  readonly fields?: readonly string[];
  readonly verbs?: readonly string[];
  readonly deprecation?: string;
}

const EVENT_FIELDS = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

const POD_FIELDS = [
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'spec.hostNetwork',
  'status.phase',
  'status.podIP',
  'status.podIPs',
  'status.nominatedNodeName',
];

const CREATE_ONLY = ['create'];

/** As much of the built-in API as a rollout shows, and a little around it. */
const BUILT_INS: readonly BuiltIn[] = [
  { resource: 'configmaps', kind: 'ConfigMap', shortNames: ['cm'] },
  {
    resource: 'endpoints',
    singular: 'endpoints',
    kind: 'Endpoints',
    shortNames: ['ep'],
    deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  },
  { resource: 'events', kind: 'Event', shortNames: ['ev'], fields: EVENT_FIELDS },
  { resource: 'limitranges', kind: 'LimitRange', shortNames: ['limits'] },
  {
    resource: 'namespaces',
    kind: 'Namespace',
    clusterScoped: true,
    shortNames: ['ns'],
    status: true,
    fields: ['status.phase'],
    verbs: STORED_VERBS.filter((verb) => verb !== 'deletecollection'),
  },
  {
    resource: 'nodes',
    kind: 'Node',
    clusterScoped: true,
    shortNames: ['no'],
    status: true,
    fields: ['spec.unschedulable'],
  },
  {
    resource: 'persistentvolumeclaims',
    kind: 'PersistentVolumeClaim',
    shortNames: ['pvc'],
    status: true,
  },
  {
    resource: 'persistentvolumes',
    kind: 'PersistentVolume',
    clusterScoped: true,
    shortNames: ['pv'],
    status: true,
  },
  {
    resource: 'pods',
    kind: 'Pod',
    shortNames: ['po'],
    inAll: true,
    status: true,
    generation: true,
    fields: POD_FIELDS,
  },
  { resource: 'resourcequotas', kind: 'ResourceQuota', shortNames: ['quota'], status: true },
  { resource: 'secrets', kind: 'Secret', fields: ['type'] },
  { resource: 'serviceaccounts', kind: 'ServiceAccount', shortNames: ['sa'] },
  {
    resource: 'services',
    kind: 'Service',
    shortNames: ['svc'],
    inAll: true,
    status: true,
    fields: ['spec.clusterIP', 'spec.type'],
  },
  ...workloads('apps', ['daemonsets', 'DaemonSet', 'ds'], ['deployments', 'Deployment', 'deploy']),
  ...workloads('apps', ['replicasets', 'ReplicaSet', 'rs'], ['statefulsets', 'StatefulSet', 'sts']),
  ...workloads('batch', ['cronjobs', 'CronJob', 'cj']),
  ...workloads('batch', ['jobs', 'Job']).map((job) => ({ ...job, fields: ['status.successful'] })),
  { group: 'apps', resource: 'controllerrevisions', kind: 'ControllerRevision' },
  { group: 'coordination.k8s.io', resource: 'leases', kind: 'Lease' },
  {
    group: 'autoscaling',
    version: 'v2',
    resource: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
    shortNames: ['hpa'],
    inAll: true,
    status: true,
  },
  {
    group: 'policy',
    resource: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    shortNames: ['pdb'],
    status: true,
    generation: true,
  },
  {
    group: 'discovery.k8s.io',
    resource: 'endpointslices',
    kind: 'EndpointSlice',
    generation: true,
  },
  {
    group: 'networking.k8s.io',
    resource: 'ingresses',
    singular: 'ingress',
    kind: 'Ingress',
    shortNames: ['ing'],
    status: true,
    generation: true,
  },
  {
    group: 'apiextensions.k8s.io',
    resource: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    clusterScoped: true,
    shortNames: ['crd', 'crds'],
    status: true,
    generation: true,
  },
  {
    group: 'authentication.k8s.io',
    resource: 'selfsubjectreviews',
    kind: 'SelfSubjectReview',
    clusterScoped: true,
    verbs: CREATE_ONLY,
  },
  {
    group: 'authorization.k8s.io',
    resource: 'localsubjectaccessreviews',
    kind: 'LocalSubjectAccessReview',
    verbs: CREATE_ONLY,
  },
  ...reviews('SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'),
];

function reviews(...kinds: readonly string[]): BuiltIn[] {
  return kinds.map((kind) => ({
    group: 'authorization.k8s.io',
    resource: `${kind.toLowerCase()}s`,
    kind,
    clusterScoped: true,
    verbs: CREATE_ONLY,
  }));
}

type Workload = readonly [resource: string, kind: string, shortName?: string];

function workloads(group: string, ...kinds: readonly Workload[]): BuiltIn[] {
  return kinds.map(([resource, kind, shortName]) => ({
    group,
    resource,
    kind,
    shortNames: shortName === undefined ? [] : [shortName],
    inAll: true,
    status: true,
    generation: true,
  }));
}

function toType(builtIn: BuiltIn): ResourceType {
  return {
    group: builtIn.group ?? '',
    resource: builtIn.resource,
    singular: builtIn.singular ?? builtIn.kind.toLowerCase(),
    kind: builtIn.kind,
    listKind: `${builtIn.kind}List`,
    namespaced: builtIn.clusterScoped !== true,
    shortNames: builtIn.shortNames ?? [],
    categories: categoriesOf(builtIn),
    verbs: builtIn.verbs ?? STORED_VERBS,
    custom: false,
    generation: builtIn.generation === true,
    selectableFields: builtIn.fields ?? [],
    versions: [versionOf(builtIn)],
  };
}

const SCALED = new Set(['deployments', 'replicasets', 'statefulsets']);
const REPLICAS = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

function versionOf(builtIn: BuiltIn): ResourceVersionType {
  const { group = '', version = 'v1', kind, resource, status, deprecation } = builtIn;
  return {
    version,
    served: true,
    storage: true,
    status: status === true,
    columns: [],
    ...(deprecation === undefined ? {} : { deprecation }),
    ...(SCALED.has(resource) ? { scale: REPLICAS } : {}),
    /** Read when it is looked at: a server starts without the schemas of Kubernetes' own kinds. */
    get schema() {
      return resolvedSchema(definitionName(group, version, kind)) ?? {};
    },
  };
}

function categoriesOf(builtIn: BuiltIn): readonly string[] {
  if (builtIn.inAll === true) return ['all'];
  return builtIn.group === 'apiextensions.k8s.io' ? ['api-extensions'] : [];
}

const TYPES = BUILT_INS.map(toType);
const CORE_EVENTS = TYPES.find((type) => type.group === '' && type.resource === 'events');

/** Events under their newer names. */
const NEW_EVENTS: BuiltIn = {
  group: 'events.k8s.io',
  resource: 'events',
  kind: 'Event',
  shortNames: ['ev'],
  fields: EVENT_FIELDS.filter((field) => field !== 'source').map((field) =>
    field.replace('involvedObject', 'regarding').replace('Component', 'Controller'),
  ),
};

export const BUILT_IN_TYPES: readonly ResourceType[] = [
  ...TYPES,
  ...(CORE_EVENTS === undefined ? [] : [{ ...toType(NEW_EVENTS), storedAs: CORE_EVENTS }]),
];
