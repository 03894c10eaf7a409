import { recordUpdate, type Writer } from '../fields/managed-fields.ts';
import { shapeOf } from '../fields/shape.ts';
import type { JsonMap } from '../json.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { WriteRequest } from './write-request.ts';

export function writerOf(request: WriteRequest, operation: Writer['operation']): Writer {
  const { type, version } = request.served;
  return {
    manager: request.manager,
    operation,
    apiVersion: apiVersionOf(type.group, version.version),
    subresource: request.subresource,
  };
}

/** Records in `after` that this request made it out of `before`; `{}` where it created it. */
export function stampUpdate(
  request: WriteRequest,
  before: JsonMap,
  after: JsonMap,
  time: string,
): void {
  recordUpdate(writerOf(request, 'Update'), before, after, shapeOf(request.served), time);
}
