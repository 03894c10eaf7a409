import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useRolling, type RollingSnapshot } from '../../live/index.ts';
import { NoticesNote } from '../../rollout-notices/notices-note.tsx';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { counted } from '../../ui/number.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { LacksNotice } from '../rollout/panes/lacks-notice.tsx';
import { DemoStories } from './demo-stories.tsx';
import { matchesRolling } from './rolling-groups.ts';
import { RolloutsTable } from './rollouts-table.tsx';
import overview from '../../ui/overview.module.css';

const route = getRouteApi('/rollouts');

/** What is rolling in the cluster now, what needs somebody first; in the demo its stories too. */
export function RolloutsPage() {
  const rolling = useRolling({});
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const q = useDeferredValue((search.q ?? '').trim());
  usePageFreshness(rolling.freshness);
  const shown = rolling.items.filter((item) => matchesRolling(item, q));
  return (
    <>
      <title>Rollouts · Kindscope</title>
      <Crumbs>
        <Crumb current>
          <h1>Rollouts</h1>
        </Crumb>
      </Crumbs>
      <div className={overview.bar}>
        <SearchField
          label="Search kind, namespace, name"
          value={search.q ?? ''}
          onChange={(next) => void navigate({ search: { q: next }, replace: true })}
        />
        {rolling.ready && <Sums rolling={rolling} />}
      </div>
      <LacksNotice lacks={rolling.lacks} />
      <NoticesNote />
      <div className={overview.scroll}>
        {shown.length > 0 ? <RolloutsTable items={shown} /> : <Nothing rolling={rolling} q={q} />}
        <DemoStories />
      </div>
    </>
  );
}

function Sums({ rolling: { items } }: { readonly rolling: RollingSnapshot }) {
  const stuck = items.filter(({ state }) => state.kind === 'stuck' || state.kind === 'failed');
  const under = items.filter(
    ({ state }) => state.kind === 'progressing' || state.kind === 'paused',
  );
  return (
    <p className={overview.sums}>
      <span>
        <b>{stuck.length}</b> stuck or failed
      </span>
      <span>
        <b>{under.length}</b> under way
      </span>
    </p>
  );
}

/** Why there is nothing in the list, and what would fill it. */
function Nothing({ rolling, q }: { readonly rolling: RollingSnapshot; readonly q: string }) {
  const { ready, fault, freshness, kinds, items } = rolling;
  if (!ready && fault !== undefined) {
    return (
      <ErrorState
        title="What is rolling is not known"
        detail={fault.detail}
        remedy={fault.remedy}
      />
    );
  }
  if (q !== '' && items.length > 0) {
    return (
      <EmptyState
        title={`Nothing that is rolling matches “${q}”`}
        detail="Kinds, namespaces, names and states are searched."
      />
    );
  }
  if (!ready || freshness.kind === 'syncing') {
    return <EmptyState title="Looking at what rolls" detail="Every kind that rolls is listed." />;
  }
  return (
    <EmptyState
      title="Nothing is rolling"
      detail={`What is not healthy, and what became so within the last ten minutes, appears here: of ${counted(kinds.length, 'kind')}, those that roll and those that are watched. Any other object has its Rollout page too: open it and choose Rollout.`}
    />
  );
}
