import { getRouteApi } from '@tanstack/react-router';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs } from '../../shell/slots.tsx';

const route = getRouteApi('/rollout/$group/$version/$resource/$namespace/$name');

/** One object and all that it owns, as a tree on an axis of time, live. */
export function RolloutPage() {
  const { name } = route.useParams();
  return (
    <Crumbs>
      <Crumb current>
        <h1>{name}</h1>
      </Crumb>
    </Crumbs>
  );
}
