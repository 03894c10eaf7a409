import type { InformerFault, InformerTarget } from '@kindscope/informer';
import type { Fault } from '@kindscope/protocol';

/** What helps, by an informer's fault code; a code without an entry has no remedy that we know. */
const remedies: Readonly<Record<string, string>> = {
  network:
    'Check that the API server runs and that this machine reaches the address in the kubeconfig. Kindscope keeps trying.',
  timeout:
    'Check that the API server runs and that this machine reaches the address in the kubeconfig. Kindscope keeps trying.',
  tls: "Check that certificate-authority-data in the kubeconfig is of the CA that signed the server's certificate; a fresh kubeconfig has it. Kindscope keeps trying.",
  unauthorized:
    'Renew the credentials of this context (log in again, or fetch a fresh kubeconfig). Kindscope keeps trying.',
  credentials: 'Run the credential plugin that the kubeconfig names by hand to see what it says.',
};

/** The command that tells whether listing is allowed, as kubectl takes it. */
export function canListCommand(target: InformerTarget): string {
  const { group, resource } = target.gvr;
  const scope = target.namespace === undefined ? '--all-namespaces' : `-n ${target.namespace}`;
  return `kubectl auth can-i list ${resource}${group === '' ? '' : `.${group}`} ${scope}`;
}

/** An informer's fault as everyone says it; `target` is what was asked for, where it was one resource. */
export function toFault(fault: InformerFault, target?: InformerTarget): Fault {
  const { code, detail } = fault;
  if (code === 'forbidden' && target !== undefined) {
    const remedy = `${canListCommand(target)} tells; list and watch on it must be granted. Kindscope keeps trying.`;
    return { code, detail, remedy };
  }
  const remedy = remedies[code];
  return remedy === undefined ? { code, detail } : { code, detail, remedy };
}
