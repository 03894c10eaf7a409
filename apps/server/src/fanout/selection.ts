import type { ObjectHandle } from '@kindscope/informer';
import {
  formatFieldSelector,
  formatLabelSelector,
  isJsonNumber,
  labelMatcher,
  matchesFields,
  numberText,
  parseFieldSelector,
  parseLabelSelector,
  valueAt,
  type FieldSelector,
} from '@kindscope/kube';
import { failure, success, type Result } from '../result.ts';
import type { Labels } from '../timeline/change-log.ts';

/** Label and field selector of a viewer, evaluated here over everything that is watched. */
export interface Selection {
  /** The same for selectors that mean the same, term for term. */
  readonly identity: string;
  matches(handle: ObjectHandle): boolean;
  /** By labels, namespace and name alone; undefined when the object's other fields are asked for. */
  readonly matchesLogged:
    | ((entry: { readonly namespace: string; readonly name: string }, labels: Labels) => boolean)
    | undefined;
}

const metadataPaths = new Set(['metadata.name', 'metadata.namespace']);

/** The scalar at a dotted path, as a field selector compares it. */
function fieldOf(handle: ObjectHandle, path: string): string | undefined {
  if (path === 'metadata.name') return handle.name;
  if (path === 'metadata.namespace') return handle.namespace;
  const value = valueAt(handle.parse(), ...path.split('.'));
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return isJsonNumber(value) ? numberText(value) : undefined;
}

function needsObject(selector: FieldSelector): boolean {
  return selector.requirements.some(({ path }) => !metadataPaths.has(path));
}

function badSelector(kind: string, text: string, message: string, position: number): Result<never> {
  return failure({
    code: 'bad-selector',
    detail: `The ${kind} selector "${text}" cannot be read at position ${position}: ${message}`,
    remedy:
      kind === 'label'
        ? 'Write terms as kubectl does: app=web, tier in (web,api), !canary.'
        : 'Write terms as kubectl does: metadata.name=web,status.phase!=Running.',
  });
}

/** Reads both selectors; absent and empty ones match everything. Fault: `bad-selector`, with the position. */
export function readSelection(query: {
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}): Result<Selection> {
  const { labelSelector = '', fieldSelector = '' } = query;
  const labels = parseLabelSelector(labelSelector);
  if (!labels.ok) return badSelector('label', labelSelector, labels.message, labels.position);
  const fields = parseFieldSelector(fieldSelector);
  if (!fields.ok) return badSelector('field', fieldSelector, fields.message, fields.position);
  const byFields = fields.selector.requirements.length > 0;
  const matchesLabels = labelMatcher(labels.selector);
  return success({
    identity: `${formatLabelSelector(labels.selector)};${formatFieldSelector(fields.selector)}`,
    matches: (handle) =>
      matchesLabels(handle.labels) &&
      (!byFields || matchesFields(fields.selector, (path) => fieldOf(handle, path))),
    matchesLogged: needsObject(fields.selector)
      ? undefined
      : ({ namespace, name }, then) =>
          matchesLabels(then) &&
          matchesFields(fields.selector, (path) => (path === 'metadata.name' ? name : namespace)),
  });
}
