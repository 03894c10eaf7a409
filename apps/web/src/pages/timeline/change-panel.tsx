import type { Change } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { ProblemError, useApi } from '../../api.ts';
import { objectParams } from '../../links.ts';
import { useConnection } from '../../live/index.ts';
import { lifeSentence, partedFields, relistSentence } from '../../ui/changes/change-lines.ts';
import { ConditionLine } from '../../ui/changes/condition-line.tsx';
import { FieldDetail } from '../../ui/changes/field-detail.tsx';
import { managersText } from '../../ui/changes/manager-text.ts';
import { changeClassWords, ClassGlyph } from '../../ui/class-glyph.tsx';
import { counted, wholeNumber } from '../../ui/number.ts';
import { clockTime, clockTimeMs, fullTime } from '../../ui/time.ts';
import { formatChangeLink } from './change-link.ts';
import type { Timeline } from './engine/timeline-types.ts';
import styles from './timeline.module.css';

/** Opens a change, or none; `keyboard`: the focus goes along. */
export type OpenChange = (id: number | undefined, keyboard?: boolean) => void;

/** One change beside the lanes, field by field, with the ones before and after it in its lane. */
export function ChangePanel(props: {
  readonly id: number;
  /** Which process of the server gave the id; undefined where the link does not say. */
  readonly instance?: string | undefined;
  readonly timeline: Pick<Timeline, 'beside'>;
  /** How often it was opened by keyboard: then it takes the focus, which goes back when it closes. */
  readonly byKeyboard?: number;
  readonly onOpen: OpenChange;
}) {
  const { id, instance, onOpen } = props;
  const api = useApi();
  const now = useConnection().instance;
  // The ids of its neighbours are another process's, too.
  const isOver = instance !== undefined && now !== undefined && instance !== now;
  const beside = (direction: 'earlier' | 'later'): number | undefined =>
    isOver ? undefined : props.timeline.beside(id, direction);
  const link = formatChangeLink(instance, id);
  const { panel, heading } = useLentFocus(props.byKeyboard ?? 0);
  const { data, error } = useQuery({
    queryKey: ['change', link],
    queryFn: ({ signal }) => api.getChange(link, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    // Escape closes it from wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      ref={panel}
      className={styles.panel}
      aria-label="The change"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onOpen(undefined);
      }}
    >
      <header className={styles.panelHead}>
        <h2 ref={heading} tabIndex={-1}>
          Change
        </h2>
        {data !== undefined && (
          <time dateTime={data.time} title={fullTime(data.time)}>
            {clockTimeMs(data.time)}
          </time>
        )}
        <span className={styles.grow} />
        <Step name="Earlier in this lane" to={beside('earlier')} onOpen={onOpen}>
          <ChevronLeft aria-hidden="true" />
        </Step>
        <Step name="Later in this lane" to={beside('later')} onOpen={onOpen}>
          <ChevronRight aria-hidden="true" />
        </Step>
        <button
          type="button"
          className={styles.icon}
          aria-label="Close"
          onClick={() => onOpen(undefined)}
        >
          <X aria-hidden="true" />
        </button>
      </header>
      {data === undefined ? (
        <p className={styles.said}>{error === null ? 'Looking.' : faultText(error)}</p>
      ) : (
        <ChangeBody change={data} />
      )}
    </aside>
  );
}

/** Takes the focus each time that `wanted` grows, and gives it back when it goes. */
function useLentFocus(wanted: number) {
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const lender = useRef<Element>(null);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (panel.current?.contains(activeElement) !== true) lender.current = activeElement;
    if (wanted > 0) heading.current?.focus();
  }, [wanted]);
  useLayoutEffect(() => {
    const own = panel.current;
    return () => {
      if (own?.contains(document.activeElement) !== true) return;
      const { current } = lender;
      const hadNone = current === document.body || current?.isConnected !== true;
      const back = hadNone ? besideOf(own) : current;
      if (back instanceof HTMLElement) back.focus();
    };
  }, []);
  return { panel, heading };
}

/** What stands beside the panel and can take the focus. */
function besideOf(own: HTMLElement): Element | undefined {
  const all = own.parentElement?.querySelectorAll('[role="application"], button') ?? [];
  return [...all].find((one) => !own.contains(one));
}

function Step(props: {
  readonly name: string;
  readonly to: number | undefined;
  readonly onOpen: (id: number) => void;
  readonly children: ReactNode;
}) {
  const { to, name, onOpen } = props;
  return (
    <button
      type="button"
      className={styles.icon}
      aria-label={name}
      title={name}
      disabled={to === undefined}
      onClick={() => {
        if (to !== undefined) onOpen(to);
      }}
    >
      {props.children}
    </button>
  );
}

function ChangeBody({ change }: { readonly change: Change }) {
  const { resource, namespace, name, kind } = change;
  const life = lifeSentence(change, change.formerLife && clockTime(change.formerLife.ended));
  const relist = relistSentence(change, clockTime);
  const managers = managersText(change.managers);
  const { said, rest } = partedFields(change);
  return (
    <div className={styles.panelBody}>
      <p className={styles.object}>
        <Link
          to="/r/$group/$version/$resource/o/$namespace/$name"
          params={objectParams(resource, namespace, name)}
        >
          {name}
        </Link>
        <span className={styles.quiet}>
          {kind}
          {namespace !== '' && ` in ${namespace}`}
        </span>
      </p>
      <p className={styles.classes}>
        {change.classes.map((one) => (
          <span key={one}>
            <ClassGlyph of={one} size={12} silent />
            {changeClassWords[one]}
          </span>
        ))}
      </p>
      {life !== undefined && <p>{life}</p>}
      <p className={styles.quiet}>
        {managers === '' ? 'Nobody can be named: no managedFields entry moved.' : managers}
      </p>
      {relist !== undefined && <p className={styles.relist}>{relist}</p>}
      {change.conditions?.map((condition) => (
        <div key={condition.type} className={styles.condition}>
          <ConditionLine condition={condition} />
          {condition.message !== undefined && condition.message !== '' && (
            <p className={styles.quiet}>{condition.message}</p>
          )}
        </div>
      ))}
      {rest.length > 0 && (
        <ul aria-label="Changed fields">
          {rest.map((field) => (
            <FieldDetail key={field.path} field={field} />
          ))}
        </ul>
      )}
      {said.length > 0 && (
        <details>
          <summary>{counted(said.length, 'field')} of these conditions</summary>
          <ul aria-label="Changed fields of conditions">
            {said.map((field) => (
              <FieldDetail key={field.path} field={field} />
            ))}
          </ul>
        </details>
      )}
      {change.omitted !== undefined && (
        <p className={styles.quiet}>
          {wholeNumber(change.omitted)} more fields changed than are kept of a change.
        </p>
      )}
    </div>
  );
}

function faultText(error: Error): string {
  return error instanceof ProblemError ? error.message : 'It cannot be shown.';
}
