import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  unique,
  widgetCrd,
  widgetVersion,
} from './contract-fixtures.ts';

const SPEC: JsonMap = {
  type: 'object',
  required: ['need'],
  properties: {
    need: { type: 'string', minLength: 2, maxLength: 4, pattern: '^a' },
    kind: { type: 'string', enum: ['x', 'y'] },
    whole: { type: 'integer', minimum: 1, maximum: 5 },
    open: { type: 'number', minimum: 1, exclusiveMinimum: true },
    even: { type: 'integer', multipleOf: 2 },
    small: { type: 'integer', format: 'int32' },
    flag: { type: 'boolean' },
    list: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string' } },
    counts: { type: 'object', maxProperties: 2, additionalProperties: { type: 'integer' } },
    port: { 'x-kubernetes-int-or-string': true },
    note: { type: 'string', nullable: true },
    at: { type: 'string', format: 'date-time' },
    tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    },
  },
};

export function validationContract(connect: () => ContractClient): void {
  let path = '';

  beforeAll(async () => {
    const options = { plural: 'scales', kind: 'Scale' };
    const schema = {
      openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec: SPEC } },
    };
    await installCrd(
      connect(),
      widgetCrd({ ...options, versions: [{ ...widgetVersion(options), schema }] }),
    );
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/scales`;
  });

  function create(name: string, rest: JsonMap): Promise<ContractResponse> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Scale', metadata: { name }, ...rest };
    return connect().request('POST', path, { body });
  }

  const mistakes: [string, JsonMap, string, string][] = [
    ['a missing field', {}, 'FieldValueRequired', 'spec.need: Required value'],
    [
      'a wrong type',
      { need: 5 },
      'FieldValueTypeInvalid',
      'spec.need: Invalid value: "integer": spec.need in body must be of type string: "integer"',
    ],
    [
      'a text that is too short',
      { need: 'a' },
      'FieldValueInvalid',
      'spec.need: Invalid value: "a": spec.need in body should be at least 2 chars long',
    ],
    [
      'a text that is too long',
      { need: 'abcde' },
      'FieldValueTooLong',
      'spec.need: Too long: may not be more than 4 bytes',
    ],
    [
      'a text that does not match',
      { need: 'bb' },
      'FieldValueInvalid',
      `spec.need: Invalid value: "bb": spec.need in body should match '^a'`,
    ],
    [
      'a value that is not on the list',
      { kind: 'z' },
      'FieldValueNotSupported',
      'spec.kind: Unsupported value: "z": supported values: "x", "y"',
    ],
    [
      'a number below its minimum',
      { whole: 0 },
      'FieldValueInvalid',
      'spec.whole: Invalid value: 0: spec.whole in body should be greater than or equal to 1',
    ],
    [
      'a number above its maximum',
      { whole: 6 },
      'FieldValueInvalid',
      'spec.whole: Invalid value: 6: spec.whole in body should be less than or equal to 5',
    ],
    [
      'a number at an exclusive bound',
      { open: 1 },
      'FieldValueInvalid',
      'spec.open: Invalid value: 1: spec.open in body should be greater than 1',
    ],
    [
      'a number that is no multiple',
      { even: 3 },
      'FieldValueInvalid',
      'spec.even: Invalid value: 3: spec.even in body should be a multiple of 2',
    ],
    [
      'a number that does not fit',
      { small: 99_999_999_999 },
      'FieldValueInvalid',
      '<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.small',
    ],
    [
      'a text for a boolean',
      { flag: 'true' },
      'FieldValueTypeInvalid',
      'spec.flag: Invalid value: "string": spec.flag in body must be of type boolean: "string"',
    ],
    [
      'a list that is too short',
      { list: [] },
      'FieldValueInvalid',
      'spec.list: Invalid value: 0: spec.list in body should have at least 1 items',
    ],
    [
      'a list that is too long',
      { list: ['a', 'b', 'c'] },
      'FieldValueTooMany',
      'spec.list: Too many: 3: must have at most 2 items',
    ],
    [
      'a wrong item',
      { list: ['a', 1] },
      'FieldValueTypeInvalid',
      'spec.list[1]: Invalid value: "integer": spec.list[1] in body must be of type string: "integer"',
    ],
    [
      'a wrong value in a map',
      { counts: { a: 'b' } },
      'FieldValueTypeInvalid',
      'spec.counts.a: Invalid value: "string": spec.counts.a in body must be of type integer: "string"',
    ],
    [
      'neither number nor text',
      { port: { a: 1 } },
      'FieldValueTypeInvalid',
      'spec.port: Invalid value: "object": spec.port in body must be of type integer,string: "object"',
    ],
    [
      'a text that is no time',
      { at: 'noon' },
      'FieldValueTypeInvalid',
      'spec.at: Invalid value: "noon": spec.at in body must be of type date-time: "noon"',
    ],
    [
      'a set with the same twice',
      { tags: ['a', 'a'] },
      'FieldValueDuplicate',
      'spec.tags[1]: Duplicate value: "a"',
    ],
    [
      'a key that is there twice',
      { parts: [{ name: 'a' }, { name: 'a' }] },
      'FieldValueDuplicate',
      'spec.parts[1]: Duplicate value: {"name":"a"}',
    ],
  ];

  it.each(mistakes)('refuses %s', async (title, spec, reason, message) => {
    const name = unique('g');
    const need = title === 'a missing field' ? {} : { need: 'ab' };
    const { status, body } = await create(name, { spec: { ...need, ...spec } });
    expect(status).toBe(422);
    expect(body['message']).toBe(`Scale.${GROUP} "${name}" is invalid: ${message}`);
    const [cause] = listAt(mapAt(body, 'details'), 'causes');
    expect(isMap(cause) ? cause['reason'] : undefined).toBe(reason);
  });

  it('names every mistake of an object', async () => {
    const { body } = await create(unique('g'), { spec: { whole: 0, kind: 'z' } });
    const fields = listAt(mapAt(body, 'details'), 'causes').map(
      (cause) => stringAt(isMap(cause) ? cause : undefined, 'field') ?? '',
    );
    expect(fields.sort()).toEqual(['spec.kind', 'spec.need', 'spec.whole']);
    expect(body['message']).toMatch(/is invalid: \[.*, .*, .*\]$/);
  });

  it('takes what is right, and drops a null where none may be', async () => {
    const { status, body } = await create(unique('g'), {
      spec: { need: 'ab', port: 'http', note: null, flag: null, at: '2026-01-01T00:00:00Z' },
    });
    expect(status).toBe(201);
    expect(body['spec']).toEqual({
      need: 'ab',
      port: 'http',
      note: null,
      at: '2026-01-01T00:00:00Z',
    });
  });

  it('refuses a patch that makes an object invalid', async () => {
    const name = unique('g');
    await create(name, { spec: { need: 'ab' } });
    const { status, body } = await connect().request('PATCH', `${path}/${name}`, {
      body: { spec: { whole: 9 } },
      contentType: 'application/merge-patch+json',
    });
    expect([status, body['reason']]).toEqual([422, 'Invalid']);
  });
}
