import { recordUpdate, type Writer } from '../fields/managed-fields.ts';
import { shapeOf } from '../fields/shape.ts';
import type { JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { WriteRequest } from './write-request.ts';

/** Records in `after` who made it out of `before`, which is `{}` where it was created. */
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

/** The stamp of an ordinary write. */
export function stampFor(request: WriteRequest): Stamp {
  return (before, after, time) => {
    recordUpdate(writerOf(request, 'Update'), before, after, shapeOf(request.served), time);
  };
}
