import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  type FieldSelector,
  type LabelSelector,
} from '@kindscope/kube';
import type { JsonMap } from '../json.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { selectableValue } from '../resources/selectable-fields.ts';
import { badRequest } from '../status.ts';
import { parseStored, type StoredObject } from '../storage/stored-object.ts';
import { fieldPaths, fieldSelectorError } from './field-selector-error.ts';
import { labelSelectorError } from './label-selector-error.ts';

/** Which objects a list, watch or deletecollection is about. */
export interface Selection {
  /** No selector at all: only then is `remainingItemCount` known. */
  readonly everything: boolean;
  /** The only namespace it can match anything in; undefined for all of them. */
  readonly namespace: string | undefined;
  /** It names the one object that it can match. */
  readonly single: boolean;
  matches(stored: StoredObject): boolean;
}

/** What a request's selectors say; undefined where there is none. */
export interface Selectors {
  readonly labels: LabelSelector | undefined;
  readonly fields: FieldSelector | undefined;
  /** The fields that are named, as they are written, in the order in which they are looked at. */
  readonly paths: readonly string[];
}

/**
 * Reads `labelSelector` and `fieldSelector`. Throws 400 with Kubernetes' message for one that
 * cannot be parsed.
 */
export function parseSelectors(query: URLSearchParams): Selectors {
  const fields = query.get('fieldSelector') ?? '';
  return {
    labels: labelSelectorOf(query.get('labelSelector') ?? ''),
    fields: fieldSelectorOf(fields),
    paths: fieldPaths(fields),
  };
}

function labelSelectorOf(text: string): LabelSelector | undefined {
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) throw badRequest(labelSelectorError(text) ?? parsed.message);
  return parsed.selector.requirements.length === 0 ? undefined : parsed.selector;
}

function fieldSelectorOf(text: string): FieldSelector | undefined {
  const parsed = parseFieldSelector(text);
  if (!parsed.ok) throw badRequest(fieldSelectorError(text) ?? parsed.message);
  return parsed.selector.requirements.length === 0 ? undefined : parsed.selector;
}

/**
 * What the selectors select of a type, in one namespace or in all. Throws 400 for a field that
 * cannot be selected.
 */
export function selectionOf(
  type: ResourceType,
  namespace: string | undefined,
  { labels, fields, paths }: Selectors,
): Selection {
  const unsupported = paths.find((path) => !isSelectable(type, path));
  if (unsupported !== undefined) throw badRequest(unsupportedField(type, unsupported));
  const byField = fields === undefined ? undefined : fieldTest(type, fields);
  const within = namespace ?? valueOf(fields, 'metadata.namespace');
  return {
    everything: labels === undefined && fields === undefined,
    namespace: within,
    single:
      valueOf(fields, 'metadata.name') !== undefined && (!type.namespaced || within !== undefined),
    matches(stored) {
      if (namespace !== undefined && stored.namespace !== namespace) return false;
      if (labels !== undefined && !matchesLabels(labels, stored.labels)) return false;
      return byField === undefined || byField(stored);
    },
  };
}

/** The value that a field must have; undefined where it can have several. */
function valueOf(selector: FieldSelector | undefined, field: string): string | undefined {
  const required = selector?.requirements.find(
    ({ path, operator, value }) => path === field && operator === '=' && value !== '',
  );
  return required?.value;
}

function fieldTest(type: ResourceType, selector: FieldSelector): (stored: StoredObject) => boolean {
  return (stored) => {
    let whole: JsonMap | undefined;
    return matchesFields(selector, (path) => {
      const value = metadataField(stored, path);
      if (value !== undefined) return value;
      whole ??= parseStored(stored);
      return selectableValue(type, path, whole);
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
