import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';

/** Kind and group as one key: `Deployment.apps`, and `Pod` alone for the core group. */
export function kindOf(object: JsonObject): string {
  const [group = '', version] = (stringAt(object, 'apiVersion') ?? '').split('/');
  const kind = stringAt(object, 'kind') ?? '';
  return version === undefined ? kind : `${kind}.${group}`;
}
