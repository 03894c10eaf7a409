import type { Manager } from '@kindscope/protocol';

/** Who wrote, as a phrase: `argo-rollouts via status`, `kubectl-set, Update`, `flux-system, Apply`. */
export function managersText(managers: readonly Manager[]): string {
  return [...new Set(managers.map(managerText))].join(' · ');
}

function managerText({ manager, operation, subresource }: Manager): string {
  if (subresource === undefined) return `${manager}, ${operation}`;
  return operation === 'Apply'
    ? `${manager}, Apply via ${subresource}`
    : `${manager} via ${subresource}`;
}
