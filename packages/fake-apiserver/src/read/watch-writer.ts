import type { JsonMap } from '../json.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import type { Encoding } from './encoding.ts';

/** Writes the events of one watch. */
export interface WatchWriter {
  /** `shared` holds the lines already written for other watches of the same event, by encoding. */
  event(type: string, object: StoredObject, shared: Map<string, Buffer> | undefined): Buffer;
  bookmark(revision: number, annotations?: JsonMap): Buffer;
}

const CLOSE = Buffer.from('}\n');

export function eventLine(type: string, object: Buffer | string): Buffer {
  const bytes = typeof object === 'string' ? Buffer.from(object) : object;
  return Buffer.concat([Buffer.from(`{"type":"${type}","object":`), bytes, CLOSE]);
}

export function createWatchWriter(encoding: Encoding): WatchWriter {
  let first = true;

  function isFirst(): boolean {
    const was = first;
    first = false;
    return was;
  }

  return {
    event(type, object, shared) {
      if (isFirst()) return eventLine(type, encoding.firstObject(object));
      const id = `${encoding.id}/${type}`;
      const bytes = shared?.get(id) ?? eventLine(type, encoding.object(object));
      shared?.set(id, bytes);
      return bytes;
    },
    bookmark(revision, annotations) {
      const metadata: JsonMap = {
        resourceVersion: String(revision),
        ...(annotations === undefined ? {} : { annotations }),
      };
      return eventLine('BOOKMARK', encoding.bookmark(metadata, isFirst()));
    },
  };
}
