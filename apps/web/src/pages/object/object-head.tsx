import type { ResourceRef } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { objectParams } from '../../links.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { StatusWord } from '../../ui/status-glyph.tsx';
import { Age } from '../age.tsx';
import { kubectlLine } from './kubectl-line.ts';
import type { ObjectFacts } from './object-facts.ts';
import styles from './object-page.module.css';

const words: Record<ObjectFacts['health']['status'], string> = {
  healthy: 'Healthy',
  working: 'Working',
  failing: 'Failing',
  unknown: 'Unknown',
};

/** Which object this is and how it is; below the tabs' line on narrow screens. */
export function ObjectHead(props: {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
  readonly facts: ObjectFacts | undefined;
  /** The tabs. */
  readonly children: ReactNode;
}) {
  const { facts, resource, namespace, name } = props;
  const line = kubectlLine(resource, namespace, name);
  return (
    <header className={styles.head}>
      {props.children}
      <h1 className={styles.title}>{name}</h1>
      {facts !== undefined && <Facts facts={facts} />}
      <div className={styles.grow} />
      <Link
        to="/rollout/$group/$version/$resource/$namespace/$name"
        params={objectParams(resource, namespace, name)}
        className={styles.rollout}
        title="What it owns, as it rolls out"
      >
        Rollout
      </Link>
      <CopyButton text={() => line} title={line}>
        Copy as kubectl
      </CopyButton>
    </header>
  );
}

function Facts({ facts }: { readonly facts: ObjectFacts }) {
  const { health, generation, observedGeneration } = facts;
  return (
    <>
      <span title={health.reason}>
        <StatusWord status={health.status}>
          {words[health.status]}
          {health.reason !== undefined && <span className={styles.quiet}>{health.reason}</span>}
        </StatusWord>
      </span>
      {generation !== undefined && (
        <span className={styles.fact}>
          generation <b>{generation}</b>
          {observedGeneration !== undefined && (
            <>
              {' · observed '}
              <b className={observedGeneration === generation ? undefined : styles.behind}>
                {observedGeneration}
              </b>
            </>
          )}
        </span>
      )}
      <span className={styles.fact}>
        age <Age since={facts.created} />
      </span>
      <span className={styles.fact} title={facts.uid}>
        uid <code>{facts.uid.slice(0, 8)}</code>
      </span>
    </>
  );
}
