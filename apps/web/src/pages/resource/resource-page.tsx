import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useApi } from '../../api.ts';
import { resourceOf } from '../../links.ts';
import { useCatalog, useChanges, useTable, type Table } from '../../live/index.ts';
import { formatSort, formatSpan, parseSort, parseSpan } from '../../search.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { wholeNumber } from '../../ui/number.ts';
import type { TimeSpan } from '../../ui/time-axis/time-span.ts';
import { ChangesPane } from '../changes-pane.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { DensityPane } from './density-pane.tsx';
import { FilterBar, type Filters } from './filter-bar.tsx';
import { NarrowTabs, type PageTab } from './narrow-tabs.tsx';
import { PinButton } from './pin-button.tsx';
import { withSearch } from './resource-search.ts';
import { TablePane } from './table-pane.tsx';
import { tableColumns } from './table/table-column.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { VersionSwitcher } from './version-switcher.tsx';
import styles from './resource-page.module.css';

const route = getRouteApi('/r/$group/$version/$resource');
const namedFields = ['metadata.name', 'metadata.namespace'];

/** One resource: its objects as a live table, and their changes as a feed beside it. */
export function ResourcePage() {
  const resource = resourceOf(route.useParams());
  // Another resource is another page: nothing of the last one stays.
  return <ResourceView key={gvrKey(resource)} resource={resource} />;
}

function ResourceView({ resource }: { readonly resource: ResourceRef }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const info = useCatalog().items.find(
    (item) => item.group === resource.group && item.resource === resource.resource,
  );
  const filters: Filters = {
    namespace: search.namespace ?? '',
    labels: search.labels ?? '',
    fields: search.fields ?? '',
  };
  const scope = {
    namespace: search.namespace,
    labelSelector: search.labels,
    fieldSelector: search.fields,
  };
  const sort = parseSort(search.sort);
  const table = useTable({ resource, ...scope, sort });
  const changes = useChanges({ resources: [resource], ...scope });
  const { facets, selectableFields } = useFacts(resource, search.namespace);
  const [choice, setChoice] = useColumnChoice(resource);
  const namespaced = info?.namespaced ?? true;
  const columns = useMemo(
    () => tableColumns(table.columns, namespaced),
    [table.columns, namespaced],
  );
  // A question that the server will not take says nothing of how fresh anything is.
  usePageFreshness(table.ready || table.fault === undefined ? table.freshness : undefined);
  const change = (patch: Parameters<typeof withSearch>[1], replace: boolean): void =>
    void navigate({ search: (before) => withSearch(before, patch), replace });
  const chosen = parseSpan(search);
  // Going back leaves the chosen time, however often it was moved.
  const choose = (span: TimeSpan | undefined): void =>
    change(formatSpan(span), (span === undefined) === (chosen === undefined));
  const filter = (patch: Partial<Filters>): void => change(patch, false);
  const kind = info?.kind ?? resource.resource;
  const tab: PageTab = search.tab === 'changes' ? 'changes' : 'objects';
  return (
    <>
      <Crumbs>
        <Crumb>{resource.group === '' ? 'core' : resource.group}</Crumb>
        <Crumb current>
          <h1>{kind}</h1>
          <VersionSwitcher resource={resource} info={info} />
        </Crumb>
      </Crumbs>
      <div className={styles.page}>
        <FilterBar
          namespaced={namespaced}
          filters={filters}
          facets={facets}
          selectableFields={selectableFields}
          onChange={filter}
        >
          <Count table={table} />
          <PinButton resource={resource} />
          <ColumnsMenu columns={columns} choice={choice} onChange={setChoice} />
        </FilterBar>
        <DensityPane
          query={{ resource, namespace: search.namespace, labelSelector: search.labels }}
          changes={changes}
          chosen={chosen}
          onChoose={choose}
        />
        <NarrowTabs
          tab={tab}
          onChange={(next) => change({ tab: next === 'objects' ? '' : next }, true)}
        />
        <div className={styles.split} data-tab={tab}>
          <div className={styles.objects} id="objects">
            <TablePane
              kind={kind}
              crd={info?.crd?.health}
              resource={resource}
              table={table}
              columns={columns}
              choice={choice}
              sort={sort}
              filters={filters}
              onSort={(next) => change({ sort: formatSort(next) }, true)}
              onFilter={filter}
            />
          </div>
          <aside className={styles.side} id="changes">
            <ChangesPane
              changes={changes}
              past={
                chosen && {
                  query: {
                    resource,
                    namespace: search.namespace,
                    labelSelector: search.labels,
                    span: chosen,
                  },
                  fieldsIgnored: filters.fields !== '',
                  onClose: () => choose(undefined),
                }
              }
              labelSelector={search.labels}
              namespaced={namespaced && search.namespace === undefined}
              empty={`No ${kind}${isFiltered(filters) ? ' that matches' : ''} has changed since Kindscope watches them. The next change appears here.`}
            />
          </aside>
        </div>
      </div>
    </>
  );
}

/** What is asked for once: the labels and namespaces there are, and the fields to select by. */
function useFacts(resource: ResourceRef, namespace: string | undefined) {
  const api = useApi();
  const key = gvrKey(resource);
  const facets = useQuery({
    queryKey: ['facets', key, namespace ?? ''],
    queryFn: ({ signal }) =>
      api.getFacets(resource, namespace === undefined ? {} : { namespace }, signal),
    refetchInterval: 30_000,
  });
  const detail = useQuery({
    queryKey: ['resource', key],
    queryFn: ({ signal }) => api.getResource(resource, signal),
  });
  return {
    facets: facets.data,
    selectableFields: detail.data?.selectableFields ?? namedFields,
  };
}

function isFiltered({ namespace, labels, fields }: Filters): boolean {
  return namespace !== '' || labels !== '' || fields !== '';
}

function Count({ table }: { readonly table: Table }) {
  const { matched, total, ready, freshness } = table;
  const isUnknown =
    freshness.kind === 'forbidden' ||
    freshness.kind === 'gone' ||
    (freshness.kind === 'stale' && total === 0);
  if (!ready || isUnknown) return <output className={styles.count} />;
  return (
    <output className={styles.count} aria-label="Count">
      <b>{wholeNumber(matched)}</b>
      {matched === total ? (total === 1 ? ' object' : ' objects') : ` of ${wholeNumber(total)}`}
    </output>
  );
}
