import type { JsonMap } from '../json.ts';
import { mapAt } from '../json.ts';

/**
 * A set of field paths in the form Kubernetes stores it, FieldsV1: a tree whose keys are path
 * elements (`f:name`, `k:{"name":"x"}`, `v:"x"`). A node is itself a member when it is empty or
 * holds the key `.` (structured-merge-diff fieldpath/serialize.go).
 */
export type FieldSet = JsonMap;

const SELF = '.';

/** Whether a node is itself in the set. */
export function isMember(node: FieldSet): boolean {
  return node[SELF] !== undefined || Object.keys(node).length === 0;
}

/** A node from its parts; undefined when nothing of it is left. */
function nodeOf(member: boolean, children: FieldSet): FieldSet | undefined {
  if (Object.keys(children).length === 0) return member ? {} : undefined;
  return member ? { [SELF]: {}, ...children } : children;
}

function childrenOf(node: FieldSet): string[] {
  return Object.keys(node).filter((key) => key !== SELF);
}

/** What is in either. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a };
  for (const key of childrenOf(b)) {
    const left = mapAt(a, key);
    const right = mapAt(b, key) ?? {};
    result[key] = left === undefined ? right : unionNode(left, right);
  }
  return result;
}

function unionNode(a: FieldSet, b: FieldSet): FieldSet {
  const { [SELF]: _self, ...children } = union(a, b);
  return nodeOf(isMember(a) || isMember(b), children) ?? {};
}

/** What is in `a` and not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && !inB, true);
}

/** What is in both. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && inB, false);
}

/** `keepAlone`: whether what `b` does not reach at all stays. */
function combine(
  a: FieldSet,
  b: FieldSet,
  keep: (inA: boolean, inB: boolean) => boolean,
  keepAlone: boolean,
): FieldSet {
  const result: FieldSet = {};
  for (const key of childrenOf(a)) {
    const left = mapAt(a, key) ?? {};
    const right = mapAt(b, key);
    if (right === undefined) {
      if (keepAlone) result[key] = left;
      continue;
    }
    const children = combine(left, right, keep, keepAlone);
    const node = nodeOf(keep(isMember(left), isMember(right)), children);
    if (node !== undefined) result[key] = node;
  }
  return result;
}

export function isEmpty(set: FieldSet): boolean {
  return childrenOf(set).length === 0;
}

/**
 * Every member, as its path of elements from the root, in Kubernetes' order: the members of a level
 * come before what lies deeper.
 */
export function* members(set: FieldSet, path: readonly string[] = []): Iterable<string[]> {
  const keys = childrenOf(set).sort();
  for (const key of keys) if (isMember(mapAt(set, key) ?? {})) yield [...path, key];
  for (const key of keys) yield* members(mapAt(set, key) ?? {}, [...path, key]);
}
