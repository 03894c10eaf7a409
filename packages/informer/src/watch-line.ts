import { isJsonObject, parseJson, stringAt } from '@kindscope/kube';
import type { JsonObject, JsonValue } from '@kindscope/kube';
import type { ObjectHandle } from './object-handle.ts';
import { createParsedHandle } from './parsed-handle.ts';

/** One line of a watch, read (`metav1.WatchEvent`). */
export type WatchLine =
  | {
      readonly kind: 'object';
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: ObjectHandle;
    }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string }
  | { readonly kind: 'error'; readonly status: JsonObject }
  /** An event that is JSON but not one of this resource [I15]. */
  | { readonly kind: 'skipped'; readonly detail: string }
  /** Not an event at all. */
  | { readonly kind: 'garbage'; readonly detail: string };

export interface LineReader {
  /** The kind the list said, without `List`; events of another are skipped. */
  readonly kind: string | undefined;
  readonly transform: ((object: JsonObject) => JsonObject) | undefined;
}

export function readWatchLine(line: string, reader: LineReader): WatchLine {
  let event: JsonValue;
  try {
    event = parseJson(line);
  } catch {
    return { kind: 'garbage', detail: `A line of the watch is not JSON: ${excerpt(line)}` };
  }
  const type = stringAt(event, 'type');
  const object = isJsonObject(event) ? event['object'] : undefined;
  if (type === undefined || !isJsonObject(object)) {
    return { kind: 'garbage', detail: `A line of the watch is no event: ${excerpt(line)}` };
  }
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return readObject(type, object, reader);
    case 'BOOKMARK':
      return readBookmark(object);
    case 'ERROR':
      return { kind: 'error', status: object };
    default:
      return { kind: 'skipped', detail: `The watch sent an event of unknown type “${type}”.` };
  }
}

function readObject(
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  object: JsonObject,
  { kind, transform }: LineReader,
): WatchLine {
  const found = stringAt(object, 'kind');
  if (kind !== undefined && found !== kind) {
    return {
      kind: 'skipped',
      detail: `The watch sent a ${found ?? 'nameless kind'} instead of a ${kind}.`,
    };
  }
  const handle = createParsedHandle(transform === undefined ? object : transform(object));
  return handle === undefined
    ? { kind: 'skipped', detail: `The watch sent a ${found ?? kind ?? 'thing'} without metadata.` }
    : { kind: 'object', type, object: handle };
}

function readBookmark(object: JsonObject): WatchLine {
  const resourceVersion = stringAt(object, 'metadata', 'resourceVersion');
  return resourceVersion === undefined || resourceVersion === ''
    ? { kind: 'skipped', detail: 'The watch sent a bookmark without a resourceVersion.' }
    : { kind: 'bookmark', resourceVersion };
}

/** A proxy's page may be shown; anything else may be a part of an object, and that of a Secret. */
function excerpt(line: string): string {
  if (!line.startsWith('<')) return `${line.length} characters`;
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
