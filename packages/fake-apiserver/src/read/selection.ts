import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
} from '@kindscope/kube';
import { isMap, type Json, type JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { badRequest } from '../status.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';

/** Which objects a list, watch or deletecollection is about. */
export interface Selection {
  /** No selector at all: only then is `remainingItemCount` known. */
  readonly everything: boolean;
  /** The only namespace it can match anything in; undefined for all of them. */
  readonly namespace: string | undefined;
  matches(stored: StoredObject): boolean;
}

/**
 * Reads `labelSelector` and `fieldSelector`, and narrows to a namespace. Throws 400 with
 * Kubernetes' message for a selector that cannot be parsed or a field that cannot be selected.
 */
export function parseSelection(
  type: ResourceType,
  namespace: string | undefined,
  query: URLSearchParams,
): Selection {
  const byLabel = labelTest(query.get('labelSelector') ?? '');
  const byField = fieldTest(type, query.get('fieldSelector') ?? '');
  return {
    everything: byLabel === undefined && byField === undefined,
    namespace,
    matches(stored) {
      if (namespace !== undefined && stored.namespace !== namespace) return false;
      if (byLabel !== undefined && !byLabel(stored)) return false;
      return byField === undefined || byField(stored);
    },
  };
}

type Test = (stored: StoredObject) => boolean;

function labelTest(text: string): Test | undefined {
  if (text.trim() === '') return undefined;
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) throw badRequest(`unable to parse requirement: ${parsed.message}`);
  return (stored) => matchesLabels(parsed.selector, stored.labels);
}

function fieldTest(type: ResourceType, text: string): Test | undefined {
  if (text.trim() === '') return undefined;
  const parsed = parseFieldSelector(text);
  if (!parsed.ok) throw badRequest(`invalid field selector: ${parsed.message}`);
  for (const { path } of parsed.selector.requirements) {
    if (!isSelectable(type, path)) throw badRequest(unsupportedField(type, path));
  }
  return (stored) => {
    let whole: JsonMap | undefined;
    return matchesFields(parsed.selector, (path) => {
      const value = metadataField(stored, path);
      if (value !== undefined) return value;
      whole ??= parseStored(stored);
      return textAt(whole, path);
    });
  };
}

/** Kinds that have field labels of their own word it in another way than those that have none. */
function unsupportedField(type: ResourceType, path: string): string {
  return type.custom || type.selectableFields.length > 0
    ? `field label not supported: ${path}`
    : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function isSelectable(type: ResourceType, path: string): boolean {
  if (path === 'metadata.name') return true;
  if (path === 'metadata.namespace') return type.namespaced;
  return type.selectableFields.includes(path);
}

function metadataField(stored: StoredObject, path: string): string | undefined {
  if (path === 'metadata.name') return stored.name;
  return path === 'metadata.namespace' ? stored.namespace : undefined;
}

/** The value at a dotted path as text; the empty text when there is none or it is no scalar. */
function textAt(object: JsonMap, path: string): string {
  let value: Json | undefined = object;
  for (const segment of path.split('.')) value = isMap(value) ? value[segment] : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
