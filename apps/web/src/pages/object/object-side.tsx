import type { Condition } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { objectParams, resourceParams } from '../../links.ts';
import { useCatalog } from '../../live/index.ts';
import { conditionTone } from '../../ui/changes/condition-text.ts';
import { Age } from '../age.tsx';
import { ConditionHistory } from './condition-history.tsx';
import type { ObjectFacts, Owner } from './object-facts.ts';
import type { ObjectHistory } from './use-object-history.ts';
import styles from './object-page.module.css';

/** What one wants to know of an object beside its fields. */
export function ObjectSide(props: {
  readonly facts: ObjectFacts;
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly history: ObjectHistory;
}) {
  const { facts, resource, namespace } = props;
  return (
    <>
      <SideList heading="Conditions" empty="It has none." count={facts.conditions.length}>
        {facts.conditions.map((condition) => (
          <ConditionItem key={condition.type} condition={condition} />
        ))}
      </SideList>
      <ConditionHistory facts={facts} history={props.history} />
      <SideList heading="Labels" empty="It has none." count={facts.labels.length}>
        {facts.labels.map(([key, value]) => (
          <li key={key} className={styles.item}>
            <Link
              to="/r/$group/$version/$resource"
              params={resourceParams(resource)}
              search={{ labels: `${key}=${value}` }}
              className={styles.label}
              title={`Show all with ${key}=${value}`}
            >
              <span>{key}</span>=<b>{value}</b>
            </Link>
          </li>
        ))}
      </SideList>
      <SideList heading="Owned by" empty="Nobody: it stands by itself." count={facts.owners.length}>
        {facts.owners.map((owner) => (
          <OwnerItem key={owner.uid} owner={owner} namespace={namespace} />
        ))}
      </SideList>
      {facts.finalizers.length > 0 && (
        <SideList heading="Finalizers" empty="" count={facts.finalizers.length}>
          {facts.finalizers.map((name) => (
            <li key={name} className={styles.item}>
              <code>{name}</code>
            </li>
          ))}
        </SideList>
      )}
    </>
  );
}

function SideList(props: {
  readonly heading: string;
  readonly empty: string;
  readonly count: number;
  readonly children: React.ReactNode;
}) {
  return (
    <section className={styles.sideSection}>
      <h2 className={styles.sideHead}>{props.heading}</h2>
      {props.count === 0 ? (
        <p className={styles.quiet}>{props.empty}</p>
      ) : (
        <ul aria-label={props.heading}>{props.children}</ul>
      )}
    </section>
  );
}

function ConditionItem({ condition }: { readonly condition: Condition }) {
  const { type, status, reason, message, lastTransitionTime } = condition;
  return (
    <li className={styles.conditionItem} title={message}>
      <span className={styles.conditionType}>{type}</span>
      <b className={styles.conditionStatus} data-tone={conditionTone(type, status)}>
        {status}
      </b>
      <span className={styles.reason}>{reason}</span>
      <span className={styles.quiet}>
        {lastTransitionTime !== undefined && (
          <>
            for <Age since={lastTransitionTime} />
          </>
        )}
      </span>
    </li>
  );
}

function OwnerItem({ owner, namespace }: { readonly owner: Owner; readonly namespace: string }) {
  const group = owner.apiVersion.includes('/') ? (owner.apiVersion.split('/')[0] ?? '') : '';
  const info = useCatalog().items.find((item) => item.group === group && item.kind === owner.kind);
  const text = (
    <>
      <span className={styles.quiet}>{owner.kind}</span> {owner.name}
    </>
  );
  return (
    <li className={styles.item}>
      {info === undefined ? (
        <span title={`${owner.apiVersion} is not served`}>{text}</span>
      ) : (
        <Link
          to="/r/$group/$version/$resource/o/$namespace/$name"
          params={objectParams(info, info.namespaced ? namespace : '', owner.name)}
          className={styles.owner}
        >
          {text}
        </Link>
      )}
      {owner.controller && <span className={styles.quiet}> controller</span>}
    </li>
  );
}
