import type { RolloutLack } from '@kindscope/protocol';
import { Note } from '../../../ui/note.tsx';
import { counted } from '../../../ui/number.ts';
import styles from './panes.module.css';

/** What may be missing on the page, and what would bring it. Nothing where nothing is. */
export function LacksNotice({ lacks }: { readonly lacks: readonly RolloutLack[] }) {
  const [first] = lacks;
  if (first === undefined) return null;
  if (lacks.length === 1) {
    return (
      <Note tone="working">
        <LackText lack={first} />
      </Note>
    );
  }
  return (
    <Note tone="working">
      <details className={styles.lacks}>
        <summary>{lacksText(lacks)}</summary>
        <ul>
          {lacks.map((lack) => (
            <li key={`${lack.fault.code} ${lack.fault.detail}`}>
              <LackText lack={lack} />
            </li>
          ))}
        </ul>
      </details>
    </Note>
  );
}

function LackText({ lack: { fault } }: { readonly lack: RolloutLack }) {
  return (
    <>
      <span>{fault.detail}</span>
      {fault.remedy !== undefined && <span> {fault.remedy}</span>}
    </>
  );
}

/** As many names as fit a line. */
const mostNames = 6;

/** `This may not be all: 3 kinds may not be listed (secrets, configmaps, events), 1 more reason` */
export function lacksText(lacks: readonly RolloutLack[]): string {
  const forbidden = lacks.filter(({ fault }) => fault.code === 'forbidden');
  const others = lacks.length - forbidden.length;
  const parts: string[] = [];
  if (forbidden.length > 0) {
    parts.push(`${counted(forbidden.length, 'kind')} may not be listed${namesOf(forbidden)}`);
  }
  if (others > 0) parts.push(counted(others, parts.length === 0 ? 'reason' : 'more reason'));
  return `This may not be all: ${parts.join(', ')}`;
}

function namesOf(lacks: readonly RolloutLack[]): string {
  const names = lacks.flatMap(({ resource }) => (resource === undefined ? [] : resource.resource));
  if (names.length === 0) return '';
  const rest = names.length - mostNames;
  return ` (${names.slice(0, mostNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''})`;
}
