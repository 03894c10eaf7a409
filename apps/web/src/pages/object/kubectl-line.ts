import type { ResourceRef } from '@kindscope/protocol';

/** The line that shows the same object in a terminal: `kubectl get rollouts.argoproj.io checkout -n shop -o yaml`. */
export function kubectlLine(ref: ResourceRef, namespace: string, name: string): string {
  // Only the full form names one version of one group; the core group is written short.
  const resource = ref.group === '' ? ref.resource : `${ref.resource}.${ref.version}.${ref.group}`;
  const scope = namespace === '' ? '' : ` -n ${namespace}`;
  return `kubectl get ${resource} ${name}${scope} -o yaml`;
}
