import { gvrKey } from '@kindscope/kube';
import type { Coverage, ResourceInfo } from '@kindscope/protocol';
import { Minus, Pause, Play, Plus } from 'lucide-react';
import { memo, useMemo } from 'react';
import { parseResources } from '../../links.ts';
import { useCatalog } from '../../live/index.ts';
import type { TimelineSearch } from '../../search.ts';
import { Button } from '../../ui/button.tsx';
import { Caret } from '../../ui/caret.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { counted, wholeNumber } from '../../ui/number.ts';
import { PickMany } from '../../ui/pick-many.tsx';
import { PickOne, type PickOption } from '../../ui/pick-one.tsx';
import { labelGrammar } from '../../ui/selector/label-grammar.ts';
import { SelectorBar } from '../../ui/selector/selector-bar.tsx';
import { groupings } from './engine/lanes.ts';
import type { Timeline, TimelineSnapshot } from './engine/timeline-types.ts';
import { nextStep, spanText } from './span-steps.ts';
import type { ChangeSearch } from './timeline-page.tsx';
import { groupingOf } from './timeline-url.ts';
import { useFacets } from './use-facets.ts';
import { useTimelineValue } from './use-timeline.ts';
import styles from './timeline.module.css';

/** As many as one request may name. */
const mostKinds = 32;

/** What is shown: which kinds, where, with which labels; how it is laid out; how much time; and the pause. */
export function FilterBar(props: {
  readonly search: TimelineSearch;
  readonly timeline: Timeline;
  readonly onChange: ChangeSearch;
}) {
  const { timeline } = props;
  const length = useTimelineValue(timeline, lengthOf);
  const known = useTimelineValue(timeline, ({ coverage }) => coverage);
  const step = (direction: 'shorter' | 'longer') => (): void =>
    timeline.input({ kind: 'length', to: nextStep(length, direction) });
  return (
    <search className={styles.bar} aria-label="Filters">
      <Choices search={props.search} known={known} onChange={props.onChange} />
      <fieldset className={styles.span} aria-label="Time shown">
        <button type="button" aria-label="Less time" onClick={step('shorter')}>
          <Minus aria-hidden="true" />
        </button>
        <output>{spanText(length)}</output>
        <button type="button" aria-label="More time" onClick={step('longer')}>
          <Plus aria-hidden="true" />
        </button>
      </fieldset>
      <PauseButton timeline={timeline} />
    </search>
  );
}

/** Apart, since time moves with each frame and these do not. */
const Choices = memo(function Choices(props: {
  readonly search: TimelineSearch;
  /** What is known of which kinds. */
  readonly known: readonly Coverage[];
  readonly onChange: ChangeSearch;
}) {
  const { search, onChange } = props;
  const facets = useFacets(search, useCatalog().items, props.known);
  const labels = useMemo(() => labelGrammar(facets.labels), [facets.labels]);
  return (
    <>
      <Kinds search={search} known={props.known.length} onChange={onChange} />
      <PickOne
        label="Namespace"
        value={search.namespace ?? ''}
        options={namespaceOptions(facets.namespaces)}
        emptyText="No namespace of this name has such objects."
        onChange={(namespace) => onChange({ namespace }, false)}
      />
      <SelectorBar
        label="Labels"
        placeholder="app=web, tier in (web,api), !canary"
        slash
        className={styles.labels}
        grammar={labels}
        value={search.labels ?? ''}
        onApply={(text) => onChange({ labels: text }, false)}
      />
      <Menu
        heading="A lane for each"
        trigger={
          <Button className={styles.choice}>
            Lanes: {groupingOf(search)}
            <Caret />
          </Button>
        }
      >
        <MenuChoice
          value={groupingOf(search)}
          options={groupings.map((value) => ({ value }))}
          onChange={(lanes) => onChange({ lanes: lanes === 'object' ? '' : lanes })}
        />
      </Menu>
    </>
  );
});

/** To a millisecond: what follows now is as long all the time, but for what numbers cannot hold. */
function lengthOf({ view }: TimelineSnapshot): number {
  return Math.round(view.span.to - view.span.from);
}

function PauseButton({ timeline }: { readonly timeline: Timeline }) {
  const waiting = useTimelineValue(timeline, (snapshot) => snapshot.waiting);
  const paused = useTimelineValue(timeline, ({ view }) => view.pausedAt !== undefined);
  const following = useTimelineValue(timeline, ({ view }) => view.following);
  if (paused) {
    return (
      <Button on className={styles.pause} onClick={timeline.resume}>
        <Play aria-hidden="true" />
        Resume{waiting > 0 && ` · ${wholeNumber(waiting)} waiting`}
      </Button>
    );
  }
  return following ? (
    <Button className={styles.pause} onClick={timeline.pause}>
      <Pause aria-hidden="true" />
      Pause
    </Button>
  ) : (
    <Button on className={styles.pause} onClick={() => timeline.input({ kind: 'follow' })}>
      <Play aria-hidden="true" />
      Back to now
    </Button>
  );
}

function Kinds(props: {
  readonly search: TimelineSearch;
  readonly known: number;
  readonly onChange: ChangeSearch;
}) {
  const { items } = useCatalog();
  const { search, onChange } = props;
  const values = parseResources(search.kinds).map(gvrKey);
  const options = useMemo(() => kindOptions(items), [items]);
  const one = options.find(({ value }) => value === values[0]);
  const said =
    values.length === 0
      ? props.known === 0
        ? 'No kinds'
        : counted(props.known, 'kind')
      : values.length === 1
        ? (one?.label ?? values[0] ?? '')
        : counted(values.length, 'kind');
  return (
    <PickMany
      label="Kinds"
      said={said}
      values={values}
      options={options}
      heading={
        values.length === 0
          ? 'All that is watched. Choose some for these alone:'
          : 'Watched while they are chosen:'
      }
      emptyText="The cluster serves no kind of this name."
      onChange={(kinds) => onChange({ kinds: kinds.slice(0, mostKinds).join(',') }, false)}
    />
  );
}

function kindOptions(items: readonly ResourceInfo[]): PickOption[] {
  return items
    .filter(({ verbs }) => verbs.includes('list') && verbs.includes('watch'))
    .toSorted(
      (a, b) =>
        Number(isWatched(b)) - Number(isWatched(a)) ||
        Number(b.crd !== undefined) - Number(a.crd !== undefined) ||
        (a.kind < b.kind ? -1 : 1),
    )
    .map((info) => ({
      value: gvrKey(info),
      label: info.kind,
      note: `${info.group === '' ? 'core' : info.group}${isWatched(info) ? ' · watched' : ''}`,
    }));
}

function isWatched({ watch }: ResourceInfo): boolean {
  return watch !== 'unwatched' && watch !== 'gone';
}

function namespaceOptions(namespaces: ReadonlyMap<string, number>): PickOption[] {
  const named = [...namespaces]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => ({ value: name, label: name, note: wholeNumber(count) }));
  return [{ value: '', label: 'all', note: '' }, ...named];
}
