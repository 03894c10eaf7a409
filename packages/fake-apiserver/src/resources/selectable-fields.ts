import { isMap, listAt, mapAt, ownAt, stringAt, type Json, type JsonMap } from '../json.ts';
import { goNumber, isNumber } from '../schema/go-text.ts';
import type { ResourceType } from './resource-type.ts';

type FieldValue = (object: JsonMap) => string;

/**
 * The values of field labels that are not just what lies at their path in the stored object
 * (pkg/registry/…/strategy.go, ToSelectableFields), by group/resource.
 */
const VALUES: ReadonlyMap<string, Readonly<Record<string, FieldValue>>> = new Map([
  [
    '/events',
    {
      source: (event: JsonMap) =>
        stringAt(mapAt(event, 'source'), 'component') ??
        stringAt(event, 'reportingComponent') ??
        '',
    },
  ],
  [
    '/pods',
    {
      'spec.hostNetwork': (pod: JsonMap) => String(mapAt(pod, 'spec')?.['hostNetwork'] === true),
      'status.podIP': podIp,
      'status.podIPs': podIp,
    },
  ],
  [
    '/nodes',
    {
      'spec.unschedulable': (node: JsonMap) =>
        String(mapAt(node, 'spec')?.['unschedulable'] === true),
    },
  ],
  [
    'batch/jobs',
    { 'status.successful': (job: JsonMap) => textOf(mapAt(job, 'status')?.['succeeded'] ?? 0) },
  ],
]);

function podIp(pod: JsonMap): string {
  const status = mapAt(pod, 'status');
  const [first] = listAt(status, 'podIPs');
  return stringAt(status, 'podIP') ?? (isMap(first) ? (stringAt(first, 'ip') ?? '') : '');
}

/** `regarding.name` of events.k8s.io is what is stored as `involvedObject.name`. */
function storedPath(type: ResourceType, path: string): string {
  if (type.storedAs === undefined) return path;
  if (path === 'reportingController') return 'reportingComponent';
  return path.replace(/^regarding\./, 'involvedObject.');
}

/** The value of a field label of a stored object, as text; empty where there is none. */
export function selectableValue(type: ResourceType, path: string, object: JsonMap): string {
  const home = type.storedAs ?? type;
  const own = VALUES.get(`${home.group}/${home.resource}`)?.[path];
  if (own !== undefined) return own(object);
  let value: Json | undefined = object;
  for (const segment of storedPath(type, path).split('.')) {
    value = isMap(value) ? ownAt(value, segment) : undefined;
  }
  return textOf(value);
}

function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (isNumber(value)) return goNumber(value).text;
  return typeof value === 'boolean' ? String(value) : '';
}
