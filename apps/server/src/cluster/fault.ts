import type { InformerFault, InformerTarget } from '@kindscope/informer';
import type { Fault } from '@kindscope/protocol';

/** The command that tells whether listing is allowed, as kubectl takes it. */
export function canListCommand(target: InformerTarget): string {
  const { group, resource } = target.gvr;
  const scope = target.namespace === undefined ? '--all-namespaces' : `-n ${target.namespace}`;
  return `kubectl auth can-i list ${resource}${group === '' ? '' : `.${group}`} ${scope}`;
}

/**
 * An informer's fault as everyone says it. `target` is what was asked for, where it was one resource:
 * what is forbidden then comes with the command that tells.
 */
export function toFault(fault: InformerFault, target?: InformerTarget): Fault {
  const { code, detail } = fault;
  const remedy =
    code === 'forbidden' && target !== undefined
      ? `${canListCommand(target)} tells; list and watch on it must be granted. Kindscope keeps trying.`
      : fault.remedy;
  return remedy === undefined ? { code, detail } : { code, detail, remedy };
}
