import type { Clock, ConnectionState, RecoveryProbe } from '@kindscope/informer';
import type { ClusterState, Fault } from '@kindscope/protocol';
import { toFault } from './fault.ts';

/** The connection of the server to the cluster as a whole. */
export interface ClusterConnection {
  readonly state: ClusterState;
  /** Called after `state` changed; returns the cancellation. */
  onChange(listener: (state: ClusterState) => void): () => void;
}

export interface ReportedConnection extends ClusterConnection {
  /**
   * The server answers whether it is ready, and refuses our credentials all the same; undefined: it
   * does not any more.
   */
  refused(fault: Fault | undefined): void;
}

/** The recovery probe's state, and what others found, in the words of the wire. */
export function createClusterConnection(deps: {
  readonly probe: Pick<RecoveryProbe, 'state' | 'onChange'>;
  readonly clock: Pick<Clock, 'now'>;
}): ReportedConnection {
  const listeners = new Set<(state: ClusterState) => void>();
  let refusal: ClusterState | undefined;
  let told = JSON.stringify(current());

  function current(): ClusterState {
    const state = toClusterState(deps.probe.state);
    return state.kind === 'connected' ? (refusal ?? state) : state;
  }

  function tell(): void {
    const state = current();
    const text = JSON.stringify(state);
    if (text === told) return;
    told = text;
    for (const listener of listeners) listener(state);
  }

  deps.probe.onChange(tell);
  return {
    get state() {
      return current();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refused(fault) {
      refusal = fault === undefined ? undefined : unreachable(deps.clock.now(), fault);
      tell();
    },
  };
}

function toClusterState(state: ConnectionState): ClusterState {
  if (state.kind !== 'unreachable') return { kind: state.kind };
  return unreachable(state.since, toFault(state.fault));
}

function unreachable(since: number, fault: Fault): ClusterState {
  const remedy = `${fault.remedy ?? ''} Kindscope keeps trying.`.trimStart();
  return {
    kind: 'unreachable',
    since: new Date(since).toISOString(),
    fault: { ...fault, remedy },
  };
}
