import type { ClusterInfo } from '@kindscope/protocol';
import { useConnection, useLive } from '../live/index.ts';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-line.tsx';
import { Note } from '../ui/note.tsx';
import { clockTime } from '../ui/time.ts';
import styles from './banners.module.css';

/** What is to be said of everything on the page: the connection is lost, the cluster cannot be reached, this is the demo. */
export function Banners({ info }: { readonly info: ClusterInfo | undefined }) {
  const connection = useConnection();
  const live = useLive();
  const cluster = connection.kind === 'open' ? connection.cluster : undefined;
  return (
    <>
      {connection.kind === 'closed' && connection.fault !== undefined && (
        <Note tone="failing" action={<Button onClick={live.retry}>Try now</Button>}>
          <b>
            {connection.fault.detail} What you see is as of {clockTime(connection.since)}.
          </b>
          {connection.fault.remedy !== undefined && <span>{connection.fault.remedy}</span>}
        </Note>
      )}
      {cluster?.kind === 'unreachable' && (
        <Note tone="failing">
          <b>{cluster.fault.detail}</b>
          {cluster.fault.remedy !== undefined && <span>{cluster.fault.remedy}</span>}
        </Note>
      )}
      {info?.embedded === true && <DemoNote kubeconfig={info.kubeconfig} />}
    </>
  );
}

function DemoNote({ kubeconfig }: { readonly kubeconfig: string | undefined }) {
  return (
    <Note>
      <span>This is the embedded demo cluster, made up and gone when Kindscope ends.</span>
      {kubeconfig !== undefined && (
        <span className={styles.line}>
          <CopyLine text={`kubectl --kubeconfig ${quoted(kubeconfig)} get crd`} />
        </span>
      )}
    </Note>
  );
}

/** As a POSIX shell reads one word. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
