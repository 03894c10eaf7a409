import type { ApiRequest } from '../http/answer.ts';
import { parseResourcePath } from '../http/resource-path.ts';
import { isWatch } from '../read/list-options.ts';
import { qualified } from '../status.ts';
import type { Fault, Verb } from './fault.ts';

/** What a fault can tell requests apart by. */
export interface FaultTarget {
  /** `plural.group`; undefined when no resource is asked. */
  readonly resource: string | undefined;
  readonly verb: Verb | undefined;
  readonly namespace: string | undefined;
  readonly client: string;
}

export function targetOf(request: ApiRequest): FaultTarget {
  const path = parseResourcePath(request.segments);
  const client = request.headers['user-agent'] ?? '';
  if (path === undefined) {
    return { resource: undefined, verb: undefined, namespace: undefined, client };
  }
  const { group, resource, namespace, name } = path;
  return {
    resource: qualified({ group, resource }),
    verb: verbOf(request, name !== undefined),
    namespace,
    client,
  };
}

function verbOf({ method, query }: ApiRequest, named: boolean): Verb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (named) return 'get';
      return isWatch(query) ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** Whether a fault is about such a request at all. */
export function meets(fault: Fault, target: FaultTarget): boolean {
  if ('afterEvents' in fault && fault.afterEvents !== undefined && target.verb !== 'watch') {
    return false;
  }
  if (fault.kind === 'expired' && target.verb !== 'watch' && target.verb !== 'list') return false;
  const { resource, verb, namespace, client } = fault.on ?? {};
  if (resource !== undefined && resource !== target.resource) return false;
  if (namespace !== undefined && namespace !== target.namespace) return false;
  if (client !== undefined && !target.client.startsWith(client)) return false;
  return verb === undefined || (target.verb !== undefined && [verb].flat().includes(target.verb));
}
