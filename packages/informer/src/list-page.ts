import { countAt, isJsonObject, listAt, parseJson, stringAt } from '@kindscope/kube';
import type { JsonObject, JsonValue } from '@kindscope/kube';
import type { ObjectHandle } from './object-handle.ts';
import { createParsedHandle } from './parsed-handle.ts';

/** One page of a LIST. */
export interface ListPage {
  readonly objects: readonly ObjectHandle[];
  readonly resourceVersion: string;
  /** The token of the next page; undefined on the last. */
  readonly continue: string | undefined;
  /** How many follow, where the server says it. */
  readonly remaining: number | undefined;
  /** The items' kind; undefined where the list is of no particular one. */
  readonly kind: string | undefined;
  /** Items without usable metadata [I15]. */
  readonly skipped: number;
}

export type ListPageResult =
  | { readonly ok: true; readonly page: ListPage }
  | { readonly ok: false; readonly detail: string };

/**
 * Reads one page. Items of built-in lists do not say their kind and apiVersion, events do: they are added
 * here, or a relist would look like a change. `items: null` is an empty list (Go's nil slice).
 */
export function readListPage(
  text: string,
  transform: ((object: JsonObject) => JsonObject) | undefined,
): ListPageResult {
  let list: JsonValue;
  try {
    list = parseJson(text);
  } catch {
    return { ok: false, detail: 'The list is not JSON, or was cut.' };
  }
  const listKind = stringAt(list, 'kind');
  const resourceVersion = stringAt(list, 'metadata', 'resourceVersion');
  if (listKind?.endsWith('List') !== true || resourceVersion === undefined) {
    return {
      ok: false,
      detail: `The answer is no list, but ${listKind ?? 'something without kind'}.`,
    };
  }
  const kind = listKind.slice(0, -'List'.length);
  const typeMeta = { apiVersion: stringAt(list, 'apiVersion') ?? '', kind };
  const items = listAt(list, 'items');
  const objects: ObjectHandle[] = [];
  for (const item of items) {
    const handle = readItem(item, typeMeta, transform);
    if (handle !== undefined) objects.push(handle);
  }
  return {
    ok: true,
    page: {
      objects,
      resourceVersion,
      continue: stringAt(list, 'metadata', 'continue') || undefined,
      remaining: countAt(list, 'metadata', 'remainingItemCount'),
      kind: kind || undefined,
      skipped: items.length - objects.length,
    },
  };
}

function readItem(
  item: JsonValue,
  typeMeta: { readonly apiVersion: string; readonly kind: string },
  transform: ((object: JsonObject) => JsonObject) | undefined,
): ObjectHandle | undefined {
  if (!isJsonObject(item)) return undefined;
  const whole = stringAt(item, 'kind') === undefined ? { ...typeMeta, ...item } : item;
  return createParsedHandle(transform === undefined ? whole : transform(whole));
}
