import type { ClusterState, Fault } from '@kindscope/protocol';
import type { Catalog } from './catalog/catalog.ts';
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

/**
 * A fault in one line: what is wrong, and the remedy. Servers and plugins had their say in it: what
 * would move a terminal's cursor is left out.
 */
export function faultLine({ detail, remedy }: Fault): string {
  const text = remedy === undefined ? detail : `${detail.replace(/[^.!?]$/, '$&.')} ${remedy}`;
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}

/** Which cluster this is, and why it is this one. */
export function sayCluster(terminal: Terminal, target: ClusterTarget): void {
  const { demo } = target;
  if (demo === undefined) {
    terminal.say(`Cluster: ${target.context} (${target.source}), ${target.server}`);
    return;
  }
  const why = target.unasked
    ? 'as no kubeconfig and no service account was found (--kubeconfig PATH names one)'
    : 'as asked for with --demo';
  terminal.say(`Cluster: the embedded demo cluster, ${why}.`);
  terminal.say(`Look at it with kubectl --kubeconfig ${demo.kubeconfig} get crds`);
}

/** Says each new trouble with the cluster once, the one there is now included, and its end. */
export function followConnection(terminal: Terminal, connection: ClusterConnection): () => void {
  const trouble = createTrouble(terminal, 'The cluster answers again.');
  const hear = (state: ClusterState) => {
    if (state.kind === 'unreachable') trouble.is(state.fault);
    else if (state.kind === 'connected') trouble.isOver();
  };
  hear(connection.state);
  return connection.onChange(hear);
}

/** Of these the connection to the cluster speaks, or they pass by themselves. */
const notOfCatalogue = [
  'network',
  'tls',
  'timeout',
  'aborted',
  'credentials',
  'unauthorized',
  'too-many-requests',
];

/** The same for a cluster that answers and cannot be read: by rights, or as it is no API server. */
export function followCatalogue(
  terminal: Terminal,
  deps: {
    readonly catalog: Pick<Catalog, 'freshness' | 'faults' | 'onFreshness'>;
    readonly connection: ClusterConnection;
  },
): () => void {
  const { catalog, connection } = deps;
  const trouble = createTrouble(terminal, 'The cluster can be read again.');
  const hear = () => {
    const { freshness } = catalog;
    if (freshness.kind === 'live') trouble.isOver();
    if (freshness.kind !== 'stale' || connection.state.kind !== 'connected') return;
    const { fault } = freshness;
    if (notOfCatalogue.includes(fault.code)) return;
    // Discovery knows better than one list what stands in the way of everything.
    trouble.is(catalog.faults.find(({ code }) => code === fault.code) ?? fault);
  };
  hear();
  const offs = [catalog.onFreshness(hear), connection.onChange(hear)];
  return () => offs.forEach((off) => off());
}

function createTrouble(terminal: Terminal, end: string) {
  let said: string | undefined;
  return {
    is(fault: Fault) {
      const line = faultLine(fault);
      if (line !== said) terminal.warn(line);
      said = line;
    },
    isOver() {
      if (said !== undefined) terminal.say(end);
      said = undefined;
    },
  };
}
