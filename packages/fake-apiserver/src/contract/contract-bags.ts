import { beforeAll } from 'vitest';
import { isMap, listAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  widgetCrd,
} from './contract-fixtures.ts';

const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const BAG_SCHEMA: JsonMap = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        free: OPEN,
        strict: { ...OPEN, required: ['constructor'] },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: { a: { type: 'string', nullable: true }, b: { type: 'integer' } },
          },
        },
      },
    },
  },
};

/** A kind that takes whatever is in `spec.free`. Specs are text: it says what a literal cannot. */
export interface Bags {
  readonly apiVersion: string;
  readonly path: string;
  readonly configMaps: string;
  readonly secrets: string;
  readonly services: string;
  /** A bag as a body. */
  text(name: string, spec: string): string;
  create(spec: string): Promise<ContractResponse>;
  /** A new bag under a name of its own. */
  created(spec: string): Promise<{ readonly url: string; readonly object: JsonMap }>;
}

/** Prepares the kind and a namespace before the tests of the surrounding block. */
export function useBags(connect: () => ContractClient): Bags {
  let namespace = '';

  beforeAll(async () => {
    // Several blocks use the kind: the first of them installs it.
    const known = await connect().request('GET', `/apis/${GROUP}/v1/bags`);
    if (known.status !== 200) {
      const version = { name: 'v1', served: true, storage: true };
      const versions = [{ ...version, schema: { openAPIV3Schema: BAG_SCHEMA } }];
      await installCrd(connect(), widgetCrd({ plural: 'bags', kind: 'Bag', versions }));
    }
    namespace = await createNamespace(connect());
  });

  const core = (plural: string): string => `/api/v1/namespaces/${namespace}/${plural}`;

  const bags: Bags = {
    apiVersion: `${GROUP}/v1`,
    get path() {
      return `/apis/${GROUP}/v1/namespaces/${namespace}/bags`;
    },
    get configMaps() {
      return core('configmaps');
    },
    get secrets() {
      return core('secrets');
    },
    get services() {
      return core('services');
    },
    text: (name, spec) =>
      `{"apiVersion":"${GROUP}/v1","kind":"Bag","metadata":{"name":"${name}"},"spec":${spec}}`,
    create: (spec) =>
      connect().request('POST', bags.path, { body: bags.text(unique('bag'), spec) }),
    async created(spec) {
      const answer = await bags.create(spec);
      if (answer.status !== 201) throw new Error(`the bag was refused: ${answer.text}`);
      const name = stringAt(metadataOf(answer.body), 'name') ?? '';
      return { url: `${bags.path}/${name}`, object: answer.body };
    },
  };
  return bags;
}

/** manager → the fields it owns. */
export function ownersOf(object: JsonMap): JsonMap {
  const entries = listAt(metadataOf(object), 'managedFields').filter((entry) => isMap(entry));
  return Object.fromEntries(
    entries.map((entry) => [stringAt(entry, 'manager') ?? '', entry['fieldsV1']]),
  );
}
