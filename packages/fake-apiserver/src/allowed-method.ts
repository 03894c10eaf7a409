import type { ResourcePath } from './http/resource-path.ts';
import type { ServedType } from './resources/resource-type.ts';
import { badRequest, methodNotAllowed, methodNotSupported, PageNotFound } from './status.ts';

/**
 * Throws what Kubernetes answers to a method that a path does not take. Custom resources have a router
 * of their own, which says so in other words.
 */
export function requireMethod(method: string, path: ResourcePath, served: ServedType): void {
  if (served.type.custom) requireCustomMethod(method, path, served);
  else requireBuiltInMethod(method, path, served);
}

/** What each method does, as an error names it. */
const ACTIONS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

function requireCustomMethod(method: string, path: ResourcePath, { type }: ServedType): void {
  const { group, resource } = type;
  const reads = method === 'GET' || method === 'HEAD';
  const unscoped = type.namespaced && path.namespace === undefined && path.name === undefined;
  if (unscoped && !reads) throw new PageNotFound();
  const action = ACTIONS[method];
  const whole = method === 'POST' || method === 'DELETE';
  if (action === undefined || (path.subresource !== undefined && whole)) {
    throw methodNotSupported({ group, resource }, action ?? '');
  }
  if (path.name === undefined && (method === 'PUT' || method === 'PATCH')) {
    throw badRequest('name must be provided');
  }
}

function requireBuiltInMethod(method: string, path: ResourcePath, { type }: ServedType): void {
  // This router knows no HEAD.
  const reads = method === 'GET';
  const allowed =
    path.subresource !== undefined
      ? reads || method === 'PUT' || method === 'PATCH'
      : path.name !== undefined
        ? reads || ['PUT', 'PATCH', 'DELETE'].includes(method)
        : reads || collectionMethods(path, type).includes(method);
  if (!allowed) throw methodNotAllowed();
}

function collectionMethods(path: ResourcePath, type: ServedType['type']): readonly string[] {
  if (type.namespaced && path.namespace === undefined) return [];
  return type.verbs.includes('deletecollection') ? ['POST', 'DELETE'] : ['POST'];
}
