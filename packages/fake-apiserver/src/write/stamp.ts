import type { Writer } from '../fields/managed-fields.ts';
import { shapeOf } from '../fields/shape.ts';
import type { Recording } from '../fields/update-record.ts';
import { recordUpdate } from '../fields/update-record.ts';
import type { JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { WriteRequest } from './write-request.ts';

/** Records in `after` who made it out of `before`. */
export type Stamp = (before: JsonMap, after: JsonMap, time: string) => void;

export function writerOf(request: WriteRequest, operation: Writer['operation']): Writer {
  const { type, version } = request.served;
  return {
    manager: request.manager,
    operation,
    apiVersion: apiVersionOf(type.group, version.version),
    subresource: request.subresource,
  };
}

export function recordingOf({ served }: WriteRequest, time: string): Recording {
  const { type } = served;
  return {
    shape: shapeOf(served),
    time,
    serves: (apiVersion) =>
      type.versions.some(
        (item) => item.served && apiVersionOf(type.group, item.version) === apiVersion,
      ),
  };
}

/** The stamp of an ordinary write. */
export function stampFor(request: WriteRequest): Stamp {
  return (before, after, time) => {
    recordUpdate(writerOf(request, 'Update'), before, after, recordingOf(request, time));
  };
}
