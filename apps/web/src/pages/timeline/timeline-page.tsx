import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type FocusEvent } from 'react';
import { parseResources } from '../../links.ts';
import { useConnection } from '../../live/index.ts';
import { useKeptWatches } from '../../pins.ts';
import { formatDuration, parseDuration, type TimelineSearch } from '../../search.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { formatChangeLink, parseChangeLink } from './change-link.ts';
import { ChangePanel, type OpenChange } from './change-panel.tsx';
import { ChangesTable } from './changes-table.tsx';
import type { Timeline } from './engine/timeline-types.ts';
import { FilterBar } from './filter-bar.tsx';
import { Legend } from './legend.tsx';
import { Notices } from './notices.tsx';
import { Overview } from './overview.tsx';
import { TimelineCanvas } from './timeline-canvas.tsx';
import { groupingOf, shownBits, withTimelineSearch } from './timeline-url.ts';
import { useTimeline, useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

const route = getRouteApi('/timeline');

export type ChangeSearch = (
  patch: { readonly [K in keyof TimelineSearch]?: string | undefined },
  replace?: boolean,
) => void;

/** Changes of many kinds on one axis of time, live. */
export function TimelinePage() {
  const search = route.useSearch();
  const { kinds = '', namespace = '', labels = '' } = search;
  const key = JSON.stringify([kinds, namespace, labels]);
  const timeline = useTimeline(key, () => {
    const resources = parseResources(search.kinds);
    return {
      filter: {
        resources: resources.length === 0 ? undefined : resources,
        namespace: search.namespace,
        labelSelector: search.labels,
      },
      grouping: groupingOf(search),
      shown: shownBits(search),
      length: parseDuration(search.span),
      to: Date.parse(search.to ?? '') || undefined,
    };
  });
  return (
    <>
      <Crumbs>
        <Crumb current>
          <h1>Timeline</h1>
        </Crumb>
      </Crumbs>
      {timeline !== undefined && <TimelineView timeline={timeline} search={search} />}
    </>
  );
}

function TimelineView(props: { readonly timeline: Timeline; readonly search: TimelineSearch }) {
  const { timeline, search } = props;
  const navigate = route.useNavigate();
  const freshness = useTimelineValue(timeline, (snapshot) => snapshot.freshness);
  const kept = useKeptWatches();
  const grouping = groupingOf(search);
  const shown = shownBits(search);
  const change: ChangeSearch = useCallback(
    (patch, replace = true) =>
      void navigate({ search: (before) => withTimelineSearch(before, patch), replace }),
    [navigate],
  );
  const { instance } = useConnection();
  const open = parseChangeLink(search.change);
  // What another process of the server called so is none of these changes.
  const openId = (open?.instance ?? instance) === instance ? open?.id : undefined;
  const [byKeyboard, setByKeyboard] = useState(0);
  const setOpen: OpenChange = useCallback(
    (id, keyboard = false) => {
      setByKeyboard((count) => (id === undefined ? 0 : count + Number(keyboard)));
      change({ change: id === undefined ? '' : formatChangeLink(instance, id) });
    },
    [change, instance],
  );
  // The keyboard keeps its mark while it is in the panel, or in another window.
  const leave = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    const isKept = [relatedTarget, document.activeElement].some((one) =>
      currentTarget.contains(one),
    );
    if (!isKept) timeline.moveFocus(undefined);
  };
  useEffect(() => timeline.setGrouping(grouping), [timeline, grouping]);
  useEffect(() => timeline.setShown(shown), [timeline, shown]);
  useEffect(() => timeline.setOpen(openId), [timeline, openId]);
  useEffect(() => timeline.setKept(kept.map(({ resource }) => resource)), [timeline, kept]);
  useSpanInUrl(timeline, search, change);
  usePageFreshness(freshness);
  const isTable = search.view === 'table';
  return (
    <div className={styles.page}>
      <FilterBar search={search} timeline={timeline} onChange={change} />
      <Overview timeline={timeline} search={search} shown={shown} />
      <Legend
        shown={shown}
        timeline={timeline}
        isTable={isTable}
        onShow={(classes) => change({ classes })}
        onTable={(table) => change({ view: table ? 'table' : '' })}
      />
      <Notices timeline={timeline} />
      <div className={styles.split} data-panel={open === undefined ? undefined : ''} onBlur={leave}>
        {isTable ? (
          <ChangesTable
            timeline={timeline}
            search={search}
            shown={shown}
            open={openId}
            onOpen={setOpen}
          />
        ) : (
          <TimelineCanvas timeline={timeline} search={search} onOpen={setOpen} />
        )}
        {open !== undefined && (
          <ChangePanel {...open} timeline={timeline} byKeyboard={byKeyboard} onOpen={setOpen} />
        )}
      </div>
    </div>
  );
}

/** How long a view stands still before the link follows it, milliseconds. */
const settleMs = 400;

/** What is seen is in the link, once it stands still; and a link that was followed is seen. */
function useSpanInUrl(timeline: Timeline, search: TimelineSearch, change: ChangeSearch): void {
  const { span, to } = search;
  useEffect(() => {
    const { view } = timeline.snapshot();
    const length = parseDuration(span);
    const end = Date.parse(to ?? '');
    if (length !== undefined && formatDuration(view.span.to - view.span.from) !== span) {
      timeline.input({ kind: 'length', to: length });
    }
    if (!Number.isNaN(end)) {
      const long = length ?? view.span.to - view.span.from;
      if (Math.abs(end - view.span.to) >= 1) {
        timeline.input({ kind: 'show', span: { from: end - long, to: end } });
      }
    } else if (!view.following) timeline.input({ kind: 'follow' });
    // Only when the link changes: what is seen changes far more often.
  }, [timeline, span, to]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = timeline.snapshot().view;
    const off = timeline.subscribe(() => {
      const { view } = timeline.snapshot();
      const isSame =
        view.following === last.following &&
        (view.following
          ? Math.abs(view.span.to - view.span.from - (last.span.to - last.span.from)) < 0.5
          : view.span === last.span);
      if (isSame) return;
      last = view;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { span, following } = timeline.snapshot().view;
        change({
          span: formatDuration(span.to - span.from),
          to: following ? '' : new Date(span.to).toISOString(),
        });
      }, settleMs);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [timeline, change]);
}
