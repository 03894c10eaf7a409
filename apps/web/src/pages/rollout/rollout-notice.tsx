import type { ResourceRef } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { objectParams } from '../../links.ts';
import type { RolloutSnapshot } from '../../live/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useIsTroubleSaid } from '../use-is-trouble-said.ts';
import styles from './rollout.module.css';

/** Where no lanes can be shown: why, and what would bring them. */
export function RolloutNotice(props: {
  readonly rollout: Pick<RolloutSnapshot, 'fault' | 'ready'>;
  readonly kind: string;
  readonly object: {
    readonly resource: ResourceRef;
    readonly namespace: string;
    readonly name: string;
  };
}) {
  const { rollout, kind, object } = props;
  const { resource, namespace, name } = object;
  const isSaidAbove = useIsTroubleSaid();
  if (rollout.fault !== undefined && !isSaidAbove) {
    return (
      <ErrorState
        title="This rollout cannot be watched"
        detail={rollout.fault.detail}
        remedy={rollout.fault.remedy}
      />
    );
  }
  if (!rollout.ready) {
    return (
      <EmptyState
        title="Looking for what it owns"
        detail={`The kinds ${namespace === '' ? 'of the cluster' : `in ${namespace}`} are listed, and searched for what ${kind} ${name} owns.`}
      />
    );
  }
  return (
    <EmptyState
      title={`There is no ${kind} ${name}${namespace === '' ? '' : ` in ${namespace}`}`}
      detail={
        <>
          Its lanes appear here as soon as it is created. What is known of one that was there before
          stands on{' '}
          <Link
            className={styles.link}
            to="/r/$group/$version/$resource/o/$namespace/$name"
            params={objectParams(resource, namespace, name)}
          >
            its page
          </Link>
          .
        </>
      }
    />
  );
}
