import type { JsonMap } from '../json.ts';
import type { WriteRequest } from './write-request.ts';
export function stampCreation(_request: WriteRequest, _object: JsonMap, _time: string): void {}
export function stampUpdate(
  _request: WriteRequest,
  _before: JsonMap,
  _after: JsonMap,
  _time: string,
): void {}
export function stampController(
  _m: string,
  _v: string,
  _b: JsonMap,
  _a: JsonMap,
  _t: number,
): void {}
