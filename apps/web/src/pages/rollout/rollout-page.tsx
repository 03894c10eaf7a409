import { gvrKey } from '@kindscope/kube';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { objectOf, resourceOf, resourceParams } from '../../links.ts';
import { useCatalog, useRollout } from '../../live/index.ts';
import type { RolloutSearch } from '../../search.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import { RolloutBody, type RolloutObject } from './rollout-body.tsx';
import { withRolloutSearch } from './rollout-url.ts';
import { StatePill } from './state-pill.tsx';
import { useRolloutView } from './use-rollout-view.ts';

const route = getRouteApi('/rollout/$group/$version/$resource/$namespace/$name');

/** One object and all that it owns, as a tree on an axis of time, live. */
export function RolloutPage() {
  const params = route.useParams();
  const resource = resourceOf(params);
  const { namespace, name } = objectOf(params);
  // Another object is another page: nothing of the last one stays.
  const key = `${gvrKey(resource)}/${namespace}/${name}`;
  return <RolloutView key={key} object={{ resource, namespace, name }} />;
}

function RolloutView({ object }: { readonly object: RolloutObject }) {
  const { resource, namespace, name } = object;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rollout = useRollout(object);
  const info = useCatalog().items.find(
    (item) => item.group === resource.group && item.resource === resource.resource,
  );
  // A question that the server will not take says nothing of how fresh anything is.
  usePageFreshness(rollout.ready || rollout.fault === undefined ? rollout.freshness : undefined);
  const change = useCallback(
    (patch: RolloutSearch) =>
      void navigate({ search: (before) => withRolloutSearch(before, patch), replace: true }),
    [navigate],
  );
  const view = useRolloutView(rollout, search, change);
  const { shown, pausedAt, asOf } = view;
  const kind = info?.kind ?? resource.resource;
  return (
    <>
      <Crumbs>
        <Crumb>
          <Link to="/r/$group/$version/$resource" params={resourceParams(resource)}>
            {kind}
          </Link>
        </Crumb>
        {namespace !== '' && (
          <Crumb>
            <Link
              to="/r/$group/$version/$resource"
              params={resourceParams(resource)}
              search={{ namespace }}
            >
              {namespace}
            </Link>
          </Crumb>
        )}
        <Crumb current>
          <h1>{name}</h1>
          {shown.summary !== undefined && shown.nodes.size > 0 && (
            <StatePill state={shown.summary.state} pausedAt={pausedAt} asOf={asOf} />
          )}
        </Crumb>
      </Crumbs>
      <RolloutBody object={object} kind={kind} rollout={view} search={search} onChange={change} />
    </>
  );
}
