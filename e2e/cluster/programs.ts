import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlPlaneError } from './errors.ts';

/** Every program of the control plane, in the order in which it is built. */
export const programNames = [
  'etcd',
  'kube-apiserver',
  'kubectl',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'rollouts-controller',
] as const;

export type ProgramName = (typeof programNames)[number];

/** A folder of `go/`: the programs in it share one go.mod, because they share their versions of k8s.io modules. */
export type Family = 'etcd' | 'kubernetes' | 'kwok' | 'rollouts';

export const families: readonly Family[] = ['etcd', 'kubernetes', 'kwok', 'rollouts'];

export interface Program {
  readonly family: Family;
  /** The Go module the program comes from; its version in the family's go.mod is the program's. */
  readonly module: string;
  /** The Go package that is built. */
  readonly package: string;
  /** Link-time variables without which the program would say that it is a development version. */
  readonly stamp: (version: string) => Readonly<Record<string, string>>;
}

const kubernetes = (name: string): Program => ({
  family: 'kubernetes',
  module: 'k8s.io/kubernetes',
  package: `k8s.io/kubernetes/cmd/${name}`,
  stamp: (version) => {
    const [major = '', minor = ''] = version.slice(1).split('.');
    const variables = 'k8s.io/component-base/version';
    return {
      [`${variables}.gitVersion`]: version,
      [`${variables}.gitMajor`]: major,
      [`${variables}.gitMinor`]: minor,
    };
  },
});

export const programs: Readonly<Record<ProgramName, Program>> = {
  etcd: {
    family: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    package: 'go.etcd.io/etcd/server/v3',
    stamp: () => ({}),
  },
  'kube-apiserver': kubernetes('kube-apiserver'),
  kubectl: kubernetes('kubectl'),
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  'kube-scheduler': kubernetes('kube-scheduler'),
  kwok: {
    family: 'kwok',
    module: 'sigs.k8s.io/kwok',
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    stamp: () => ({}),
  },
  'rollouts-controller': {
    family: 'rollouts',
    module: 'github.com/argoproj/argo-rollouts',
    package: 'github.com/argoproj/argo-rollouts/cmd/rollouts-controller',
    stamp: (version) => ({
      'github.com/argoproj/argo-rollouts/utils/version.version': version.slice(1),
    }),
  },
};

/** A folder of data files that a program needs at run time, taken from its Go module. */
export interface DataFiles {
  readonly folder: string;
  readonly program: ProgramName;
  /** Paths inside the module. */
  readonly files: readonly string[];
}

export const dataFiles: readonly DataFiles[] = [
  {
    folder: 'kwok-stages',
    program: 'kwok',
    files: [
      'kustomize/stage/node/fast/node-initialize.yaml',
      'kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
      'kustomize/stage/pod/fast/pod-ready.yaml',
      'kustomize/stage/pod/fast/pod-complete.yaml',
      'kustomize/stage/pod/fast/pod-delete.yaml',
    ],
  },
  {
    folder: 'rollouts-crds',
    program: 'rollouts-controller',
    files: [
      'manifests/crds/analysis-run-crd.yaml',
      'manifests/crds/analysis-template-crd.yaml',
      'manifests/crds/cluster-analysis-template-crd.yaml',
      'manifests/crds/experiment-crd.yaml',
      'manifests/crds/rollout-crd.yaml',
    ],
  },
];

/** Where the families' go.mod files are. */
export const goDir = join(import.meta.dirname, 'go');

/**
 * The version of a module that a go.mod requires, with its leading `v`.
 * Throws ControlPlaneError when the go.mod does not require it.
 */
export function requiredVersion(goMod: string, module: string): string {
  for (const line of goMod.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words[0] === 'require') words.shift();
    if (words[0] === module && words[1]?.startsWith('v') === true) return words[1];
  }
  throw new ControlPlaneError(`go.mod does not require ${module}`);
}

/** The pinned version of a program, read from its family's go.mod. */
export async function programVersion(name: ProgramName): Promise<string> {
  const { family, module } = programs[name];
  return requiredVersion(await readFile(join(goDir, family, 'go.mod'), 'utf8'), module);
}
