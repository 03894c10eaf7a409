import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { createNamespace, GROUP, installCrd, unique, widgetCrd } from './contract-fixtures.ts';
import { FORMATS } from './format-cases.ts';
import { KEYWORD_FIELDS, SCALAR_CASES } from './keyword-cases.ts';
import { STRUCTURE_CASES } from './keyword-structure-cases.ts';

const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true };

/** Every keyword of a structural schema, in Kubernetes' words. */
export function keywordContract(connect: () => ContractClient): void {
  let path = '';
  let formatted = '';

  function versionOf(fields: JsonMap): JsonMap {
    return {
      name: 'v1',
      served: true,
      storage: true,
      subresources: {
        scale: {
          specReplicasPath: '.spec.replicas',
          statusReplicasPath: '.status.replicas',
          labelSelectorPath: '.status.selector',
        },
      },
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: {
            spec: { type: 'object', properties: fields },
            status: { type: 'object', ...ANYTHING },
          },
        },
      },
    };
  }

  beforeAll(async () => {
    const fields = { ...KEYWORD_FIELDS, replicas: ANYTHING };
    const formats = Object.fromEntries(
      FORMATS.map(([format]) => [
        format.replaceAll('-', ''),
        { type: 'array', items: { type: 'string', format } },
      ]),
    );
    await installCrd(
      connect(),
      widgetCrd({ plural: 'probes', kind: 'Probe', versions: [versionOf(fields)] }),
    );
    await installCrd(
      connect(),
      widgetCrd({ plural: 'forms', kind: 'Form', versions: [versionOf(formats)] }),
    );
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/probes`;
    formatted = `/apis/${GROUP}/v1/namespaces/${namespace}/forms`;
  });

  function create(spec: JsonMap): Promise<ContractResponse> {
    const body = {
      apiVersion: `${GROUP}/v1`,
      kind: 'Probe',
      metadata: { name: unique('p') },
      spec,
    };
    return connect().request('POST', `${path}?dryRun=All`, { body });
  }

  function causesOf({ body }: ContractResponse): [string, string][] {
    return listAt(mapAt(body, 'details'), 'causes')
      .filter((cause) => isMap(cause))
      .map((cause): [string, string] => [
        stringAt(cause, 'reason') ?? '',
        `${stringAt(cause, 'field') ?? ''}: ${stringAt(cause, 'message') ?? ''}`,
      ]);
  }

  const byText = (a: readonly string[], b: readonly string[]): number =>
    a.join() < b.join() ? -1 : 1;

  it.each([...SCALAR_CASES, ...STRUCTURE_CASES])('refuses %s', async (_title, spec, causes) => {
    const answer = await create(spec);
    expect(answer.status).toBe(422);
    expect(causesOf(answer).sort(byText)).toEqual([...causes].sort(byText));
  });

  const good: [string, JsonMap][] = [
    ['a fraction whose whole is on the list', { any: 1 }],
    ['as many characters as may be, however many bytes', { mark: '😀😀😀' }],
    ['letters of either case', { code: 'ABC' }],
    ['the one of the two', { either: { a: '1' } }],
    ['the second alternative', { least: { n: 1, a: 'xyz' } }],
    ['the same in lists of different keys', { keyed: [{ a: 'x' }, { a: 'x', b: 2 }] }],
    ['a whole embedded resource', { inner: { apiVersion: 'a.b/v1', kind: 'K', spec: { x: 1 } } }],
    ['a number or a text', { port: 'http' }],
  ];

  it.each(good)('takes %s', async (_title, spec) => {
    expect((await create(spec)).status).toBe(201);
  });

  it.each(FORMATS)('knows what is of the format %s', async (format, right, wrong) => {
    const field = format.replaceAll('-', '');
    const body = {
      apiVersion: `${GROUP}/v1`,
      kind: 'Form',
      metadata: { name: unique('f') },
      spec: { [field]: [...right, ...wrong] },
    };
    const answer = await connect().request('POST', `${formatted}?dryRun=All`, { body });
    const found = causesOf(answer).map(([reason, text]) => `${reason} ${text}`);
    expect(found).toEqual(
      wrong.map((value, index) => {
        const at = `spec.${field}[${right.length + index}]`;
        const text = JSON.stringify(value);
        return `FieldValueTypeInvalid ${at}: Invalid value: ${text}: ${at} in body must be of type ${format}: ${text}`;
      }),
    );
  });

  it('looks at the status alone where the status is written', async () => {
    const name = unique('p');
    const version = {
      ...versionOf({ size: { type: 'integer', maximum: 5 } }),
      subresources: { status: {} },
    };
    const schema = mapAt(mapAt(version, 'schema'), 'openAPIV3Schema');
    Object.assign(mapAt(schema, 'properties') ?? {}, {
      status: { type: 'object', properties: { done: { type: 'integer', minimum: 1 } } },
    });
    await installCrd(
      connect(),
      widgetCrd({ plural: 'states', kind: 'State', versions: [version] }),
    );
    const states = path.replace(/probes$/, 'states');
    const type = { apiVersion: `${GROUP}/v1`, kind: 'State' };
    await connect().request('POST', states, { body: { ...type, metadata: { name } } });
    const answer = await connect().request('PATCH', `${states}/${name}/status`, {
      body: { spec: { size: 9 }, status: { done: 0 } },
      contentType: 'application/merge-patch+json',
    });
    expect([answer.status, causesOf(answer)]).toEqual([
      422,
      [
        [
          'FieldValueInvalid',
          'status.done: Invalid value: 0: done in body should be greater than or equal to 1',
        ],
      ],
    ]);
  });

  it('tells of keys that come twice, and refuses them where validation is strict', async () => {
    const text = (name: string): string =>
      `{"apiVersion":"${GROUP}/v1","kind":"Probe","metadata":{"name":"${name}"},"spec":{"short":1,"short":2,"some":{"a":1,"a":2}},"status":{},"status":{}}`;
    const fields = ['spec.short', 'spec.some.a', 'status'];
    const lenient = await connect().request('POST', path, { body: text(unique('p')) });
    expect([lenient.status, lenient.body['spec']]).toEqual([201, { short: 2, some: { a: 2 } }]);
    expect(lenient.headers.warning).toBe(
      fields.map((field) => `299 - "duplicate field \\"${field}\\""`).join(', '),
    );
    const strict = await connect().request('POST', `${path}?fieldValidation=Strict`, {
      body: text(unique('p')),
    });
    expect([strict.status, strict.body['message']]).toEqual([
      400,
      `Probe in version "v1" cannot be handled as a Probe: strict decoding error: ${fields.map((field) => `duplicate field "${field}"`).join(', ')}`,
    ]);
  });
}
