import { Type, type Static } from '@fastify/type-provider-typebox';
import type { ResourceRef } from '@kindscope/protocol';
import type { Result } from '../result.ts';
import { ProblemError } from './problem.ts';

/** `core` stands for the core group, whose name is empty. */
export const ResourceParams = Type.Object({
  group: Type.String({ minLength: 1, maxLength: 253, examples: ['core', 'argoproj.io'] }),
  version: Type.String({ minLength: 1, maxLength: 63 }),
  resource: Type.String({ minLength: 1, maxLength: 63 }),
});
export type ResourceParams = Static<typeof ResourceParams>;

/** `_` stands for no namespace, where the resource is cluster-scoped. */
export const ObjectParams = Type.Object({
  ...ResourceParams.properties,
  namespace: Type.String({ minLength: 1, maxLength: 63 }),
  name: Type.String({ minLength: 1, maxLength: 253 }),
});

/** What narrows a list. */
export const scopeQuery = {
  namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
  labelSelector: Type.Optional(
    Type.String({ maxLength: 4096, examples: ['app=web,tier in (a,b),!canary'] }),
  ),
  fieldSelector: Type.Optional(Type.String({ maxLength: 4096, examples: ['metadata.name=web'] })),
};

export const waitQuery = {
  wait: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 60,
      description: 'Seconds to wait for a resource that is not watched yet; 10 unless said',
    }),
  ),
};

export function toRef({ group, version, resource }: ResourceParams): ResourceRef {
  return { group: group === 'core' ? '' : group, version, resource };
}

export function toNamespace(param: string): string {
  return param === '_' ? '' : param;
}

/** The value, or the problem document. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.fault);
}

/** An opaque cursor is base64url of JSON: what was not made by us is told so. */
export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function badCursor(): ProblemError {
  return new ProblemError({
    code: 'bad-continue',
    detail: 'The continue token is not one that Kindscope gave.',
    remedy: 'Start again without it.',
  });
}
