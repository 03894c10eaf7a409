import { beforeAll } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  widgetCrd,
} from './contract-fixtures.ts';

/** A kind to write to, with a status subresource, and one without, in a namespace of their own. */
export interface Motors {
  readonly path: string;
  readonly plainPath: string;
  readonly configMaps: string;
  create(body: JsonMap): Promise<ContractResponse>;
  /** A new object under a name of its own. */
  created(rest?: JsonMap, metadata?: JsonMap): Promise<JsonMap>;
  urlOf(object: JsonMap): string;
  put(object: JsonMap, subresource?: string): Promise<ContractResponse>;
}

export function motor(metadata: JsonMap, rest: JsonMap = { spec: { size: 1 } }): JsonMap {
  return { apiVersion: `${GROUP}/v1`, kind: 'Motor', metadata, ...rest };
}

/** Prepares them before the tests of the surrounding block. */
export function useMotors(connect: () => ContractClient): Motors {
  let namespace = '';

  beforeAll(async () => {
    // Several blocks use the same two kinds: the first of them installs them.
    const known = await connect().request('GET', `/apis/${GROUP}/v1/motors`);
    if (known.status !== 200) {
      await installCrd(connect(), widgetCrd({ plural: 'motors', kind: 'Motor' }));
      await installCrd(connect(), widgetCrd({ plural: 'plains', kind: 'Plain', status: false }));
    }
    namespace = await createNamespace(connect());
  });

  function create(body: JsonMap): Promise<ContractResponse> {
    return connect().request('POST', motors.path, { body });
  }

  function urlOf(object: JsonMap): string {
    return `${motors.path}/${stringAt(metadataOf(object), 'name') ?? ''}`;
  }

  const motors: Motors = {
    get path() {
      return `/apis/${GROUP}/v1/namespaces/${namespace}/motors`;
    },
    get plainPath() {
      return `/apis/${GROUP}/v1/namespaces/${namespace}/plains`;
    },
    get configMaps() {
      return `/api/v1/namespaces/${namespace}/configmaps`;
    },
    create,
    async created(rest, metadata = {}) {
      const answer = await create(motor({ name: unique('m'), ...metadata }, rest));
      if (answer.status !== 201) throw new Error(`the object was refused: ${answer.text}`);
      return answer.body;
    },
    urlOf,
    put: (object, subresource = '') =>
      connect().request('PUT', urlOf(object) + subresource, { body: object }),
  };
  return motors;
}
