import { beforeAll, expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  unique,
  widgetCrd,
  widgetVersion,
} from './contract-fixtures.ts';

const SCHEMA: JsonMap = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        mode: { type: 'string', default: 'slow' },
        limits: {
          type: 'object',
          default: {},
          properties: { high: { type: 'integer', default: 9 } },
        },
        open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        tags: { type: 'object', additionalProperties: { type: 'string' } },
        steps: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, count: { type: 'integer', default: 1 } },
          },
        },
      },
    },
  },
};

export function schemaContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    const options = { plural: 'meters', kind: 'Meter' };
    const version = { ...widgetVersion(options), schema: { openAPIV3Schema: SCHEMA } };
    await installCrd(connect(), widgetCrd({ ...options, versions: [version] }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/meters`;
  });

  function create(rest: JsonMap, query = ''): Promise<ContractResponse> {
    const body = {
      apiVersion: `${GROUP}/v1`,
      kind: 'Meter',
      metadata: { name: unique('m') },
      ...rest,
    };
    return connect().request('POST', path + query, { body });
  }

  const UNKNOWN = {
    extra: 1,
    spec: {
      typo: true,
      open: { anything: [1] },
      tags: { any: 'name' },
      steps: [{ name: 'a', wrong: 1 }],
    },
  };

  it('takes out unknown fields and warns of each', async () => {
    const { status, headers, body } = await create(UNKNOWN);
    expect(status).toBe(201);
    expect(body['extra']).toBeUndefined();
    expect(body['spec']).toMatchObject({
      open: { anything: [1] },
      tags: { any: 'name' },
      steps: [{ name: 'a', count: 1 }],
    });
    expect(headers.warning).toBe(
      ['extra', 'spec.steps[0].wrong', 'spec.typo']
        .map((field) => `299 - "unknown field \\"${field}\\""`)
        .join(', '),
    );
  });

  it('refuses unknown fields where validation is strict, and is silent where it is off', async () => {
    const strict = await create(UNKNOWN, '?fieldValidation=Strict');
    expect([strict.status, strict.body['message']]).toEqual([
      400,
      'Meter in version "v1" cannot be handled as a Meter: strict decoding error: unknown field "extra", unknown field "spec.steps[0].wrong", unknown field "spec.typo"',
    ]);
    const ignored = await create(UNKNOWN, '?fieldValidation=Ignore');
    expect([ignored.status, ignored.headers.warning]).toEqual([201, undefined]);
  });

  it('refuses a validation that does not exist', async () => {
    const { status, body } = await create({}, '?fieldValidation=Loud');
    expect([status, body['message']]).toEqual([
      422,
      'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Loud": supported values: "", "Ignore", "Strict", "Warn"',
    ]);
  });

  it('fills in defaults, level by level', async () => {
    const { body } = await create({ spec: { steps: [{ name: 'a' }, { name: 'b', count: 5 }] } });
    expect(body['spec']).toEqual({
      mode: 'slow',
      limits: { high: 9 },
      steps: [
        { name: 'a', count: 1 },
        { name: 'b', count: 5 },
      ],
    });
    expect((await create({})).body['spec']).toBeUndefined();
  });
}
