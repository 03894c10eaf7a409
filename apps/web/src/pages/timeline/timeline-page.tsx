import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type FocusEvent } from 'react';
import { parseResources } from '../../links.ts';
import { useConnection } from '../../live/index.ts';
import { useKeptWatches } from '../../pins.ts';
import { parseDuration, type TimelineSearch } from '../../search.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { formatOpen, openChange } from './change-link.ts';
import { ChangePanel, type OpenChange } from './change-panel.tsx';
import { ChangesTable } from './changes-table.tsx';
import type { Timeline } from './engine/timeline-types.ts';
import { FilterBar } from './filter-bar.tsx';
import { Legend } from './legend.tsx';
import { Notices } from './notices.tsx';
import { Overview } from './overview.tsx';
import { TimelineCanvas } from './timeline-canvas.tsx';
import { groupingOf, shownBits, viewSearch, withTimelineSearch } from './timeline-url.ts';
import { useTimeline, useTimelineValue } from './use-timeline.ts';
import { useViewLink } from './use-view-link.ts';
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
  // Each link says all that is seen: with other filters another timeline goes on from it.
  const change = useCallback(
    (patch: Parameters<ChangeSearch>[0] = {}, replace = true): void => {
      const { view, ready } = timeline.snapshot();
      const { span, ...edges } = viewSearch(view);
      // How much is shown is not known before it is known how much there is.
      const seen = { ...edges, ...(ready && { span }), ...patch };
      void navigate({ search: (before) => withTimelineSearch(before, seen), replace });
    },
    [navigate, timeline],
  );
  const { instance } = useConnection();
  const { open, openId } = openChange(search.change, instance);
  const [byKeyboard, setByKeyboard] = useState(0);
  const setOpen: OpenChange = useCallback(
    (id, keyboard = false) => {
      setByKeyboard((count) => (id === undefined ? 0 : count + Number(keyboard)));
      change({ change: formatOpen(id, instance) });
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
  useViewLink(timeline, search, change);
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
