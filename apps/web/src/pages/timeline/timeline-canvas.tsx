import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { objectParams, resourceParams } from '../../links.ts';
import type { TimelineSearch } from '../../search.ts';
import { ClassGlyph } from '../../ui/class-glyph.tsx';
import { Hidden } from '../../ui/hidden.tsx';
import type { OpenChange } from './change-panel.tsx';
import { markSentence } from './change-sentence.ts';
import { EmptyLanes } from './empty-lanes.tsx';
import type { Lane } from './engine/lanes.ts';
import { markClasses } from './engine/mark-classes.ts';
import type { Timeline } from './engine/timeline-types.ts';
import { HoverCard } from './hover-card.tsx';
import { keyAction } from './key-action.ts';
import { createPainter } from './paint/painter.ts';
import { listenToPointers, type Place } from './pointer-input.ts';
import { groupingOf } from './timeline-url.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** The lanes: a canvas, moved with wheel, pointers and keys, that says where the keyboard is. */
export function TimelineCanvas(props: {
  readonly timeline: Timeline;
  readonly search: TimelineSearch;
  readonly onOpen: OpenChange;
}) {
  const { timeline, onOpen } = props;
  const hover = useTimelineValue(timeline, (snapshot) => snapshot.hover);
  const focus = useTimelineValue(timeline, (snapshot) => snapshot.focus);
  const late = useTimelineValue(timeline, (snapshot) => snapshot.late);
  const isEmpty = useTimelineValue(timeline, ({ ready, lanes }) => ready && lanes === 0);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const glyphs = useRef<HTMLDivElement>(null);
  const help = useId();
  const navigate = useNavigate();
  const grouping = groupingOf(props.search);

  useEffect(() => {
    if (canvas.current === null || glyphs.current === null) return undefined;
    const svgs = [...glyphs.current.querySelectorAll('svg')];
    return timeline.attach(
      createPainter(canvas.current, svgs, () => timeline.input({ kind: 'tick' })),
    );
  }, [timeline]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => timeline.setSize(element.clientWidth, element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [timeline]);
  const goTo = (lane: Lane): void => {
    const { resource, namespace, name } = lane.object;
    if (grouping === 'object') {
      const params = objectParams(resource, namespace, name);
      void navigate({ to: '/r/$group/$version/$resource/o/$namespace/$name', params });
    } else if (grouping === 'kind') {
      void navigate({ to: '/r/$group/$version/$resource', params: resourceParams(resource) });
    }
  };
  const click = (place: Place): void => {
    const at = timeline.at(place);
    if (at?.kind === 'mark') onOpen(at.change.id);
    else if (at?.kind === 'name') goTo(at.lane);
    else onOpen(undefined);
  };
  const clicked = useRef(click);
  useEffect(() => {
    clicked.current = click;
  });
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    return listenToPointers(element, timeline, (place) => clicked.current(place));
  }, [timeline]);
  const press = (event: KeyboardEvent): void => {
    const action = keyAction(event, focus !== undefined);
    if (action === undefined) return;
    if (act(timeline, action, onOpen)) event.preventDefault();
  };
  const isLink = hover?.kind === 'name' && (grouping === 'object' || grouping === 'kind');
  return (
    <div ref={frame} className={styles.lanes}>
      {/* It takes keys of its own, which no other role lets through to it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={canvas}
        className={styles.canvas}
        data-over={hover?.kind === 'mark' || isLink ? 'it' : undefined}
        role="application"
        aria-label="Timeline of changes"
        aria-describedby={help}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={press}
      />
      <p id={help} hidden>
        Up and down arrows go to the marks of other lanes, left and right to earlier and later ones;
        Enter shows what changed, Escape goes back. Plus and minus zoom, Shift with left and right
        moves through time, End goes to now. The button Table shows the same changes as a table.
      </p>
      <Hidden>
        <output aria-live="polite">{focus === undefined ? '' : markSentence(focus)}</output>
      </Hidden>
      <div ref={glyphs} hidden>
        {markClasses.map((name) => (
          <ClassGlyph key={name} of={name} silent />
        ))}
      </div>
      {hover !== undefined && hover.kind !== 'name' && <HoverCard hover={hover} frame={frame} />}
      {late > 0 && (
        <button type="button" className={styles.late} onClick={timeline.arrange}>
          {late} new below
        </button>
      )}
      {isEmpty && <EmptyLanes timeline={timeline} search={props.search} />}
    </div>
  );
}

/** Does what a key asks for; false where it could not. */
function act(
  timeline: Timeline,
  action: NonNullable<ReturnType<typeof keyAction>>,
  onOpen: OpenChange,
): boolean {
  const { focus, view } = timeline.snapshot();
  const length = view.span.to - view.span.from;
  switch (action.kind) {
    case 'move':
      return timeline.moveFocus(action.direction);
    case 'pan':
      timeline.input({ kind: 'pan', by: action.part * length });
      return true;
    case 'zoom':
      timeline.zoom(action.factor);
      return true;
    case 'page':
      timeline.drag(0, -action.pixels);
      return true;
    case 'first':
      timeline.input({ kind: 'pan', by: Number.MIN_SAFE_INTEGER });
      return true;
    case 'now':
      timeline.input({ kind: 'follow' });
      return true;
    case 'leave':
      timeline.moveFocus(undefined);
      onOpen(undefined);
      return true;
    case 'open':
      if (focus !== undefined) onOpen(focus.id, true);
      return focus !== undefined;
  }
}
