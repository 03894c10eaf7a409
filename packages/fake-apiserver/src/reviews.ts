import { USER } from './cluster.ts';
import { isMap, type JsonMap } from './json.ts';
import { apiVersionOf, type ServedType } from './resources/resource-type.ts';

/** Whether a resource is asked and answered in one request, and never stored. */
export function isReview({ type }: ServedType): boolean {
  return !type.verbs.includes('get');
}

/** What the one user may do (everything) and who it is. */
export function reviewAnswer(served: ServedType, body: JsonMap): JsonMap {
  const { type, version } = served;
  return {
    kind: type.kind,
    apiVersion: apiVersionOf(type.group, version.version),
    metadata: isMap(body['metadata']) ? body['metadata'] : {},
    ...(body['spec'] === undefined ? {} : { spec: body['spec'] }),
    status:
      type.resource === 'selfsubjectreviews'
        ? { userInfo: { username: USER.name, groups: [...USER.groups] } }
        : { allowed: true },
  };
}
