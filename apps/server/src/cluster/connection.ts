import type { ConnectionState, RecoveryProbe } from '@kindscope/informer';
import type { ClusterState } from '@kindscope/protocol';
import { toFault } from './fault.ts';

/** The connection of the server to the cluster as a whole. */
export interface ClusterConnection {
  readonly state: ClusterState;
  /** Called after `state` changed; returns the cancellation. */
  onChange(listener: (state: ClusterState) => void): () => void;
}

/** The recovery probe's state in the words of the wire. */
export function createClusterConnection(deps: {
  readonly probe: Pick<RecoveryProbe, 'state' | 'onChange'>;
}): ClusterConnection {
  return {
    get state() {
      return toClusterState(deps.probe.state);
    },
    onChange: (listener) => deps.probe.onChange((state) => listener(toClusterState(state))),
  };
}

function toClusterState(state: ConnectionState): ClusterState {
  if (state.kind !== 'unreachable') return { kind: state.kind };
  const since = new Date(state.since).toISOString();
  const fault = toFault(state.fault);
  const remedy = `${fault.remedy ?? ''} Kindscope keeps trying.`.trimStart();
  return { kind: 'unreachable', since, fault: { ...fault, remedy } };
}
