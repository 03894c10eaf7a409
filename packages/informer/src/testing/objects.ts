import type { JsonObject } from '@kindscope/kube';
import type { ObjectHandle } from '../object-handle.ts';
import { createParsedHandle } from '../parsed-handle.ts';

export const flags = { group: 'demo.example.io', version: 'v1', resource: 'flags' } as const;

/** A custom resource; its uid follows from its name unless said. */
export function flag(
  name: string,
  resourceVersion: number | string,
  more: { readonly uid?: string; readonly spec?: JsonObject; readonly kind?: string } = {},
): JsonObject {
  return {
    apiVersion: 'demo.example.io/v1',
    kind: more.kind ?? 'Flag',
    metadata: {
      name,
      namespace: 'default',
      uid: more.uid ?? `uid-${name}`,
      resourceVersion: String(resourceVersion),
    },
    spec: more.spec ?? {},
  };
}

export function handleOf(object: JsonObject): ObjectHandle {
  const handle = createParsedHandle(object);
  if (handle === undefined) throw new Error('the test’s object has no metadata');
  return handle;
}

export function listOf(
  resourceVersion: number | string,
  items: readonly JsonObject[] | null,
  more: { readonly continue?: string; readonly remainingItemCount?: number } = {},
): JsonObject {
  return {
    apiVersion: 'demo.example.io/v1',
    kind: 'FlagList',
    metadata: { resourceVersion: String(resourceVersion), ...more },
    items,
  };
}

export function added(object: JsonObject): JsonObject {
  return { type: 'ADDED', object };
}

export function modified(object: JsonObject): JsonObject {
  return { type: 'MODIFIED', object };
}

export function deleted(object: JsonObject): JsonObject {
  return { type: 'DELETED', object };
}

export function bookmark(resourceVersion: number | string): JsonObject {
  const metadata = { resourceVersion: String(resourceVersion) };
  return { type: 'BOOKMARK', object: { apiVersion: 'demo.example.io/v1', kind: 'Flag', metadata } };
}

export function statusOf(code: number, reason: string, details: JsonObject = {}): JsonObject {
  const message = `it said ${reason}`;
  return { apiVersion: 'v1', kind: 'Status', status: 'Failure', code, reason, message, details };
}

export function errorEvent(code: number, reason: string): JsonObject {
  return { type: 'ERROR', object: statusOf(code, reason) };
}

export const tooLarge = statusOf(504, 'Timeout', {
  causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
  retryAfterSeconds: 1,
});
