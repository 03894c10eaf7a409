import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { objectOf, resourceOf, resourceParams } from '../../links.ts';
import { useCatalog, useChanges, useObject } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';
import type { ChosenStops } from '../../ui/scrubber/scrubber.tsx';
import { ObjectBody } from './object-body.tsx';
import { comparedStates, nextCompared } from './object-history.ts';
import { objectState, type ObjectState } from './object-state.ts';
import { useHeldState } from './use-comparison.ts';
import { useObjectHistory, type ObjectHistory } from './use-object-history.ts';

const route = getRouteApi('/r/$group/$version/$resource/o/$namespace/$name');

/** One object: what changed, its YAML, and what is to be known of it. */
export function ObjectPage() {
  const params = route.useParams();
  const resource = resourceOf(params);
  const { namespace, name } = objectOf(params);
  // Another object is another page: nothing of the last one stays.
  const key = `${gvrKey(resource)}/${namespace}/${name}`;
  return <ObjectView key={key} resource={resource} namespace={namespace} name={name} />;
}

function ObjectView(props: {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}) {
  const { resource, namespace, name } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const snapshot = useObject({ resource, namespace, name });
  const changes = useChanges({
    resources: [resource],
    namespace: namespace === '' ? undefined : namespace,
    name,
  });
  const info = useCatalog().items.find(
    (item) => item.group === resource.group && item.resource === resource.resource,
  );
  // A question that the server will not take says nothing of how fresh anything is.
  const asked = snapshot.ready || snapshot.fault === undefined;
  usePageFreshness(asked ? snapshot.freshness : undefined);
  const known = changes.entries.flatMap((entry) => (entry.type === 'change' ? entry.change : []));
  const history = useObjectHistory({ resource, namespace, name }, changes);
  const state = useLastKnown({ resource, namespace, name }, objectState(snapshot, known), history);
  const { from, to } = search;
  const compared = useMemo(
    () => comparedStates(history.states, { from, to }),
    [history.states, from, to],
  );
  // A link may be older than what is held.
  const unheld = to !== undefined && compared === undefined && history.marks !== undefined;
  const compare = (keys: Partial<ChosenStops> | undefined): void =>
    void navigate({
      search: (before) => ({ ...before, ...nextCompared(compared, keys, history.states.at(-1)) }),
      // Going back leaves the comparison, whatever was looked at in it.
      replace: (keys === undefined) === (compared === undefined),
    });
  const kind = info?.kind ?? resource.resource;
  return (
    <>
      <Crumbs>
        <Crumb>{resource.group === '' ? 'core' : resource.group}</Crumb>
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
        <Crumb current>{name}</Crumb>
      </Crumbs>
      <ObjectBody
        kind={kind}
        resource={resource}
        namespace={namespace}
        name={name}
        state={state}
        freshness={snapshot.freshness}
        changes={changes}
        history={history}
        compared={compared}
        unheld={unheld}
        onCompare={(keys) => compare(keys)}
        tab={search.tab}
        onTab={(tab) => void navigate({ search: (before) => ({ ...before, tab }), replace: true })}
      />
    </>
  );
}

/** Of an object that was deleted before the page was opened the server may hold the last state. */
function useLastKnown(
  object: { readonly resource: ResourceRef; readonly namespace: string; readonly name: string },
  state: ObjectState,
  { states }: ObjectHistory,
): ObjectState {
  const isUnseen = state.kind === 'deleted' && state.last === undefined;
  const end = isUnseen ? states.findLast(({ deleted }) => deleted) : undefined;
  const { data: last } = useHeldState(object, end);
  return isUnseen && last !== undefined ? { ...state, last } : state;
}
