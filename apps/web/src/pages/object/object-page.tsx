import { getRouteApi } from '@tanstack/react-router';
import { objectOf, resourceOf } from '../../links.ts';
import { useObject } from '../../live/index.ts';
import { Crumb } from '../../shell/crumb.tsx';
import { Crumbs, usePageFreshness } from '../../shell/slots.tsx';

const route = getRouteApi('/r/$group/$version/$resource/o/$namespace/$name');

export function ObjectPage() {
  const params = route.useParams();
  const object = useObject({ resource: resourceOf(params), ...objectOf(params) });
  usePageFreshness(object.freshness);
  return (
    <Crumbs>
      <Crumb>{params.group}</Crumb>
      <Crumb>{params.resource}</Crumb>
      <Crumb current>{params.name}</Crumb>
    </Crumbs>
  );
}
