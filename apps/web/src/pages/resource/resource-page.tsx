import { getRouteApi } from '@tanstack/react-router';
import { resourceOf } from '../../links.ts';
import { useTable } from '../../live/index.ts';
import { parseSort } from '../../search.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';

const route = getRouteApi('/r/$group/$version/$resource');

export function ResourcePage() {
  const params = route.useParams();
  const search = route.useSearch();
  const table = useTable({
    resource: resourceOf(params),
    namespace: search.namespace,
    labelSelector: search.labels,
    fieldSelector: search.fields,
    sort: parseSort(search.sort),
  });
  usePageFreshness(table.freshness);
  return (
    <Crumbs>
      <Crumb>{params.group}</Crumb>
      <Crumb current>{params.resource}</Crumb>
    </Crumbs>
  );
}
