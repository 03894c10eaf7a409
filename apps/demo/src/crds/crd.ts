import type { JsonObject } from '@kindscope/kube';

/** A node of a structural schema. */
export type Schema = JsonObject;

/** A type alias, as only those count as JSON without being told so. */
export type ColumnSpec = {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly jsonPath: string;
  readonly priority?: number;
  readonly description?: string;
};

export interface VersionSpec {
  readonly name: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  /** What clients are warned with; makes the version a deprecated one. */
  readonly deprecationWarning?: string;
  /** The schema of this version's spec, where it is not that of all. */
  readonly spec?: Schema;
}

export interface CrdSpec {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope?: 'Namespaced' | 'Cluster';
  /** `v1` alone when absent. */
  readonly versions?: readonly VersionSpec[];
  readonly description: string;
  readonly spec: Schema;
  /** Absent for what is only read by others and has no controller. */
  readonly status?: Schema;
  readonly columns: readonly ColumnSpec[];
  /** `kubectl scale` and autoscalers may set `.spec.replicas`. */
  readonly scalable?: boolean;
  /** Paths that field selectors may ask for besides name and namespace (KEP-4358). */
  readonly selectable?: readonly string[];
}

/** @returns the CustomResourceDefinition as it is sent to the API server. */
export function customResourceDefinition(crd: CrdSpec): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${crd.plural}.${crd.group}`,
      labels: { 'app.kubernetes.io/part-of': crd.group.split('.')[0] ?? crd.group },
      annotations: { 'controller-gen.kubebuilder.io/version': 'v0.19.0' },
    },
    spec: {
      group: crd.group,
      scope: crd.scope ?? 'Namespaced',
      names: {
        kind: crd.kind,
        listKind: `${crd.kind}List`,
        plural: crd.plural,
        singular: crd.kind.toLowerCase(),
        shortNames: crd.shortNames ?? [],
        categories: crd.categories ?? [],
      },
      versions: (crd.versions ?? [{ name: 'v1' }]).map((version) => versionOf(crd, version)),
    },
  };
}

function versionOf(crd: CrdSpec, version: VersionSpec): JsonObject {
  const only = (crd.versions ?? []).length === 0;
  const { status } = crd;
  const { deprecationWarning } = version;
  return {
    name: version.name,
    served: version.served ?? true,
    storage: version.storage ?? only,
    ...(deprecationWarning === undefined ? {} : { deprecated: true, deprecationWarning }),
    ...(status !== undefined && {
      subresources: { status: {}, ...(crd.scalable === true && { scale }) },
    }),
    ...(crd.selectable !== undefined && {
      selectableFields: crd.selectable.map((jsonPath) => ({ jsonPath })),
    }),
    additionalPrinterColumns: [...crd.columns, ageColumn],
    schema: {
      openAPIV3Schema: {
        type: 'object',
        description: crd.description,
        properties: {
          apiVersion: { type: 'string', description: 'The group and version of this object.' },
          kind: { type: 'string', description: 'The kind of this object.' },
          metadata: { type: 'object' },
          spec: { description: 'What is wanted.', ...(version.spec ?? crd.spec) },
          ...(status !== undefined && {
            status: { description: 'What its controller has found.', ...status },
          }),
        },
      },
    },
  };
}

const scale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

const ageColumn: ColumnSpec = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};
