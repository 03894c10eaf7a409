import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useCatalog } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Lacks } from '../lacks.tsx';
import { CatalogueBar } from './catalogue-bar.tsx';
import { CatalogueEmpty } from './catalogue-empty.tsx';
import { isCustom, matchesSearch, needsAttention } from './catalogue-items.ts';
import { CatalogueLoading, CatalogueTable } from './catalogue-table.tsx';
import overview from '../../ui/overview.module.css';

const route = getRouteApi('/');

/** Every kind of the cluster, as it comes and goes. */
export function CataloguePage() {
  const { items, ready, freshness, fault } = useCatalog();
  const { q = '', show = 'custom', only } = route.useSearch();
  const search = useDeferredValue(q.trim());
  // Every API server serves something: where there is nothing, none has answered yet.
  const known = ready && items.length > 0;
  usePageFreshness(freshness);

  const matching = items.filter((item) => matchesSearch(item, search));
  const custom = matching.filter(isCustom);
  const builtIn = matching.filter((item) => !isCustom(item));
  const fitting = show === 'custom' ? custom : builtIn;
  const shown = only === undefined ? fitting : fitting.filter(needsAttention);
  return (
    <>
      <title>Catalogue · Kindscope</title>
      <Crumbs>
        <Crumb current>
          <h1>Catalogue</h1>
        </Crumb>
      </Crumbs>
      <CatalogueBar custom={custom.length} builtIn={builtIn.length} shown={fitting} ready={known} />
      <Lacks />
      <div className={overview.scroll}>
        {known && shown.length > 0 && <CatalogueTable items={shown} />}
        {ready && !known && (
          <EmptyState
            title="Nothing is known of this cluster yet"
            detail="What it serves appears here as soon as its API server answers."
          />
        )}
        {known && shown.length === 0 && (
          <CatalogueEmpty
            only={only}
            search={search}
            show={show}
            others={show === 'custom' ? builtIn.length : custom.length}
          />
        )}
        {!ready && fault === undefined && <CatalogueLoading />}
        {!ready && fault !== undefined && (
          <ErrorState
            title="The catalogue has not arrived"
            detail={fault.detail}
            remedy={fault.remedy}
          />
        )}
      </div>
    </>
  );
}
