import type { Finding, RolloutNode } from '@kindscope/protocol';
import { Link } from '@tanstack/react-router';
import { ArrowUpRight, Info } from 'lucide-react';
import { objectParams } from '../../../links.ts';
import { useNow } from '../../../live/index.ts';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { Hidden } from '../../../ui/hidden.tsx';
import { counted, wholeNumber } from '../../../ui/number.ts';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';
import { Moment } from './moment.tsx';
import styles from './panes.module.css';

/** More of the same are not listed: they say no more. */
const mostOthers = 100;

/** One reason: the sentence, where it stands, since when, and the line that shows more. */
export function FindingLine(props: {
  readonly finding: Finding;
  readonly nodes: ReadonlyMap<string, RolloutNode>;
  readonly onNode: (uid: string) => void;
}) {
  const { finding, nodes, onNode } = props;
  const now = useNow();
  const node = nodes.get(finding.uid);
  return (
    <li className={styles.finding} data-severity={finding.severity}>
      <SeverityGlyph of={finding.severity} />
      <div className={styles.said}>
        <button type="button" className={styles.sentence} onClick={() => onNode(finding.uid)}>
          {finding.sentence}
        </button>
        <Others finding={finding} nodes={nodes} onNode={onNode} />
        <span className={styles.line}>
          <CopyLine text={finding.kubectl} />
        </span>
      </div>
      <div className={styles.evidence}>
        <span title={`Where it stands: ${finding.evidence}`}>{finding.evidence}</span>
        <span>
          {finding.since !== undefined && (
            <span>
              since <Moment at={finding.since} now={now} />
            </span>
          )}
          {node !== undefined && (
            <Link
              to="/r/$group/$version/$resource/o/$namespace/$name"
              params={objectParams(node.resource, node.namespace, node.name)}
              className={styles.object}
              title={`Open ${node.kind} ${node.name}`}
            >
              {node.kind} <Hidden>{node.name}</Hidden>
              <ArrowUpRight aria-hidden="true" />
            </Link>
          )}
        </span>
      </div>
    </li>
  );
}

function Others(props: {
  readonly finding: Finding;
  readonly nodes: ReadonlyMap<string, RolloutNode>;
  readonly onNode: (uid: string) => void;
}) {
  const others = props.finding.others ?? [];
  if (others.length === 0) return null;
  return (
    <details className={styles.others}>
      <summary>{counted(others.length, 'more object')}</summary>
      <ul>
        {others.slice(0, mostOthers).map((uid) => (
          <li key={uid}>
            <button type="button" onClick={() => props.onNode(uid)}>
              {props.nodes.get(uid)?.name ?? uid}
            </button>
          </li>
        ))}
        {others.length > mostOthers && <li>and {wholeNumber(others.length - mostOthers)} more</li>}
      </ul>
    </details>
  );
}

const words: Record<Finding['severity'], string> = {
  stuck: 'Stuck',
  waiting: 'Waits',
  note: 'Note',
};

function SeverityGlyph({ of }: { readonly of: Finding['severity'] }) {
  return (
    <span className={styles.severity}>
      <Hidden>{words[of]}: </Hidden>
      {of === 'note' ? (
        <Info aria-hidden="true" />
      ) : (
        <StatusGlyph status={of === 'stuck' ? 'failing' : 'working'} />
      )}
    </span>
  );
}
