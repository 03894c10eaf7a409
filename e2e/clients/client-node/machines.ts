import type { KubernetesObject } from '@kubernetes/client-node';

/** The kind that most of it is about, as CustomObjectsApi wants it. */
export const group = 'clients.example.com';
export const version = 'v1';
export const plural = 'machines';

export interface Machine extends KubernetesObject {
  spec?: { size?: string; owner?: string; replicas?: number };
  status?: { replicas?: number };
}

/** One to create. */
export function machine(name: string, size: string, namespace?: string): Machine {
  return {
    apiVersion: `${group}/${version}`,
    kind: 'Machine',
    metadata: { name, labels: { size }, ...(namespace === undefined ? {} : { namespace }) },
    spec: { size },
  };
}
