import type { ApplyConflict } from '../fields/apply.ts';
import { diffFields } from '../fields/field-diff.ts';
import { showPath } from '../fields/field-path.ts';
import { difference, members, union } from '../fields/field-set.ts';
import type { Shape } from '../fields/shape.ts';
import { spokenFields } from '../fields/spoken-fields.ts';
import { depthFault } from '../http/depth.ts';
import { ensureMap, isMap, mapAt, parseJson, stringAt, type Json, type JsonMap } from '../json.ts';
import { goJson } from '../schema/go-text.ts';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** Who turns from client-side to server-side apply without being told of its own fields. */
const KUBECTL = 'kubectl';

function annotationOf(object: JsonMap): string {
  return stringAt(mapAt(mapAt(object, 'metadata'), 'annotations'), ANNOTATION) ?? '';
}

/**
 * The conflicts of an apply, or none where `manager` is kubectl and each is about a field that a
 * client-side apply set and that has kept its value (fieldmanager/lastappliedmanager.go).
 */
export function withoutExcused(
  conflicts: readonly ApplyConflict[],
  manager: string,
  live: JsonMap | undefined,
  apiVersion: string,
  shape: Shape,
): readonly ApplyConflict[] {
  if (manager !== KUBECTL || conflicts.length === 0 || live === undefined) return conflicts;
  const last = parsed(annotationOf(live));
  if (last === undefined || last['apiVersion'] !== apiVersion) return conflicts;
  const { changed, removed } = diffFields(last, live, shape);
  const kept = difference(spokenFields(last, shape), union(changed, removed));
  const excused = new Set([...members(kept)].map(showPath));
  return conflicts.filter(({ path }) => !excused.has(path));
}

function parsed(text: string): JsonMap | undefined {
  let value: Json;
  try {
    if (depthFault(text) !== undefined) return undefined;
    value = parseJson(text);
  } catch {
    return undefined;
  }
  return isMap(value) ? value : undefined;
}

/**
 * Where `object` carries what was applied by a client, and kubectl applies: says in its place what is
 * applied now (fieldmanager/lastappliedupdater.go).
 */
export function syncLastApplied(object: JsonMap, manager: string, applied: JsonMap): void {
  if (manager !== KUBECTL || annotationOf(object) === '') return;
  const { managedFields: _entries, annotations, ...metadata } = mapAt(applied, 'metadata') ?? {};
  const { [ANNOTATION]: _last, ...others } = isMap(annotations) ? annotations : {};
  const said = {
    ...applied,
    metadata: { ...metadata, ...(annotations && { annotations: others }) },
  };
  ensureMap(ensureMap(object, 'metadata'), 'annotations')[ANNOTATION] = `${goJson(said)}\n`;
}
