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

/** What a catalogue cannot come from, whoever waits: rights that are missing, no API server at all. */
const lasting = ['forbidden', 'bad-data', 'refused', 'not-found'];

/**
 * The same for a cluster that answers and in which nothing can be discovered. Of one that does not
 * answer the connection speaks.
 */
export function followCatalogue(
  terminal: Terminal,
  deps: {
    readonly catalog: Pick<Catalog, 'freshness' | 'faults' | 'onFreshness'>;
    readonly connection: Pick<ClusterConnection, 'state'>;
  },
): () => void {
  const { catalog, connection } = deps;
  const trouble = createTrouble(terminal, 'The cluster can be read again.');
  const hear = () => {
    const { freshness } = catalog;
    if (freshness.kind === 'live') trouble.isOver();
    if (freshness.kind !== 'stale' || connection.state.kind === 'unreachable') return;
    const { code } = freshness.fault;
    const found = catalog.faults.find((fault) => fault.code === code);
    if (found !== undefined && lasting.includes(code)) trouble.is(found);
  };
  hear();
  return catalog.onFreshness(hear);
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
