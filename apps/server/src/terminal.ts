import type { Fault } from '@kindscope/protocol';
import type { ClusterConnection } from './cluster/connection.ts';
import type { ClusterTarget } from './cluster/target.ts';

/** Where the program talks to whoever started it. */
export interface Terminal {
  say(line: string): void;
  /** What is wrong, on standard error. */
  warn(line: string): void;
}

export const processTerminal: Terminal = {
  say: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`kindscope: ${line}\n`),
};

/** A fault in one line: what is wrong, and the remedy. */
export function faultLine({ detail, remedy }: Fault): string {
  return remedy === undefined ? detail : `${detail} ${remedy}`;
}

/** Which cluster this is, and why it is this one. */
export function sayCluster(terminal: Terminal, target: ClusterTarget): void {
  const { demo, credentials } = target;
  if (demo === undefined) {
    terminal.say(`Cluster: ${target.context} (${target.source}), ${credentials.server}`);
    return;
  }
  const why = target.unasked
    ? 'as no kubeconfig and no service account was found (--kubeconfig PATH names one)'
    : 'as asked for with --demo';
  terminal.say(`Cluster: the embedded demo cluster, ${why}.`);
  terminal.say(`Look at it with kubectl --kubeconfig ${demo.kubeconfig} get crds`);
}

/** Says each new trouble with the cluster once, and its end. */
export function followConnection(terminal: Terminal, connection: ClusterConnection): () => void {
  let said: string | undefined;
  return connection.onChange((state) => {
    if (state.kind === 'unreachable') {
      const line = faultLine(state.fault);
      if (line !== said) terminal.warn(line);
      said = line;
    } else if (state.kind === 'connected' && said !== undefined) {
      said = undefined;
      terminal.say('The cluster answers again.');
    }
  });
}
