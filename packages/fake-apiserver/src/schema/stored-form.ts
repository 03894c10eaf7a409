import { jsonEquals } from '@kindscope/kube';
import { clone, type JsonMap } from '../json.ts';
import { toCoreEvent, toNewEvent } from '../resources/event-forms.ts';
import type { ResourceType, ServedType } from '../resources/resource-type.ts';
import { parseStored, storeObject, type StoredObject } from '../storage/stored-object.ts';
import { applyDefaults } from './defaults.ts';
import { pruneUnknown } from './prune.ts';

/** The schema in whose form objects of the type are stored. */
function storageSchema(type: ResourceType): JsonMap | undefined {
  return type.versions.find((version) => version.storage)?.schema;
}

/**
 * Brings a custom resource into the form in which it is stored: whatever version it was written at,
 * what the storage version does not know is lost, and its defaults are filled in, the status's too.
 * Changes `object`.
 */
export function settleForStorage(type: ResourceType, object: JsonMap): void {
  if (type.storedAs !== undefined) toCoreEvent(object);
  const schema = type.custom ? storageSchema(type) : undefined;
  if (schema === undefined) return;
  pruneUnknown(object, schema);
  applyDefaults(object, schema);
}

/** Whether `object` is stored already, in that very form. */
export function isStoredAs(type: ResourceType, stored: StoredObject, object: JsonMap): boolean {
  const { apiVersion: _apiVersion, kind: _kind, ...content } = clone(object);
  settleForStorage(type, content);
  return jsonEquals(parseStored(stored), content);
}

/** How objects are seen at one version. */
export type View = (stored: StoredObject) => StoredObject;

const same: View = (stored) => stored;

const newEventView: View = (stored) => {
  const event = parseStored(stored);
  toNewEvent(event);
  return storeObject(event, stored.revision);
};

/** What was seen of an object already, by the schema it was seen through. */
const seen = new WeakMap<StoredObject, Map<JsonMap, StoredObject>>();

/**
 * How stored objects are seen at a served version (apiextensions-apiserver
 * pkg/apiserver/customresource_handler.go): what was stored under an older schema has the defaults
 * of the new one and has lost what that does not know, though it is written so only with its next
 * write; and no version shows what it does not know. Defaults of another version than the stored one
 * are not filled in.
 */
export function viewOf({ type, version }: ServedType): View {
  if (type.storedAs !== undefined) return newEventView;
  const stored = type.custom ? storageSchema(type) : undefined;
  const { schema } = version;
  if (stored === undefined || schema === undefined) return same;
  const alike = isAlike(stored, schema);
  const { schemaSince } = type;
  if (alike && schemaSince === undefined) return same;
  return (object) => {
    const isOld = schemaSince !== undefined && object.revision <= schemaSince;
    if (alike && !isOld) return object;
    const known = seen.get(object)?.get(schema);
    if (known !== undefined) return known;
    const content = parseStored(object);
    if (isOld) settleForStorage(type, content);
    if (!alike) pruneUnknown(content, schema);
    const view = storeObject(content, object.revision);
    const views = seen.get(object) ?? new Map<JsonMap, StoredObject>();
    views.set(schema, view);
    seen.set(object, views);
    return view;
  };
}

const compared = new WeakMap<JsonMap, WeakMap<JsonMap, boolean>>();

/** Whether two versions say the same; found out once for each pair. */
function isAlike(a: JsonMap, b: JsonMap): boolean {
  if (a === b) return true;
  const known = compared.get(a)?.get(b);
  if (known !== undefined) return known;
  const alike = jsonEquals(a, b);
  const of = compared.get(a) ?? new WeakMap<JsonMap, boolean>();
  of.set(b, alike);
  compared.set(a, of);
  return alike;
}
