import type { ClusterInfo, ClusterState } from '@kindscope/protocol';
import type { ReactNode } from 'react';
import type { ConnectionSnapshot } from '../../live/index.ts';
import { CopyLine } from '../../ui/copy-line.tsx';
import { StatusWord, type Status } from '../../ui/status-glyph.tsx';
import { clockTime } from '../../ui/time.ts';
import styles from './status.module.css';

/** What Kindscope is connected to, as whom, and what was said when it is not. */
export function ClusterFacts(props: {
  readonly info: ClusterInfo;
  readonly connection: ConnectionSnapshot;
}) {
  const { info, connection } = props;
  const isOpen = connection.kind === 'open';
  const state = isOpen ? connection.cluster : info.state;
  return (
    <dl className={styles.facts}>
      <Fact name="This page">
        <StatusWord status={isOpen ? 'healthy' : 'failing'}>
          {isOpen
            ? `Connected since ${clockTime(connection.since)}`
            : `Disconnected since ${clockTime(connection.since)}`}
        </StatusWord>
      </Fact>
      <Fact name="API server">
        <StatusWord status={isOpen ? statusOf[state.kind] : 'unknown'}>
          {isOpen ? wordsOf(state) : `Not known since ${clockTime(connection.since)}`}
        </StatusWord>
        {isOpen && state.kind === 'unreachable' && (
          <span className={styles.fault}>
            {state.fault.detail}
            {state.fault.remedy !== undefined && <b>{state.fault.remedy}</b>}
          </span>
        )}
      </Fact>
      <Fact name="Address">
        <code>{info.server}</code>
      </Fact>
      <Fact name="Kubernetes">{info.serverVersion ?? 'It has not said its version yet'}</Fact>
      <Fact name="Context">{info.context}</Fact>
      <Fact name="Credentials">{info.source}</Fact>
      <Fact name="Identity">{info.identity ?? 'The API server does not say'}</Fact>
      <Fact name="Namespaces">{info.namespaces?.join(', ') ?? 'All'}</Fact>
      <Fact name="Kindscope">{info.version}</Fact>
      {info.kubeconfig !== undefined && (
        <Fact name="From a terminal">
          <CopyLine text={`kubectl --kubeconfig ${info.kubeconfig} get crd`} />
        </Fact>
      )}
    </dl>
  );
}

const statusOf: Record<ClusterState['kind'], Status> = {
  connecting: 'working',
  connected: 'healthy',
  unreachable: 'failing',
};

function wordsOf(state: ClusterState): string {
  switch (state.kind) {
    case 'connecting':
      return 'Connecting';
    case 'connected':
      return 'Connected';
    case 'unreachable':
      return `Unreachable since ${clockTime(state.since)}`;
  }
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
