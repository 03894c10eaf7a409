import { describe, expect, it } from 'vitest';
import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient } from './contract-client.ts';
import { CRDS } from './contract-fixtures.ts';
import { crdParts, type Refusal } from './crd-parts.ts';
import { LIST_REFUSALS } from './crd-refusals-lists.ts';
import { NAME_REFUSALS } from './crd-refusals-names.ts';
import { SCHEMA_REFUSALS } from './crd-refusals-schema.ts';
import { STRUCTURE_REFUSALS } from './crd-refusals-structure.ts';
import { VERSION_REFUSALS } from './crd-refusals-versions.ts';

const DRY = `${CRDS}?dryRun=All`;

/** What CRDs are refused for, word for word. */
export function crdRefusalContract(connect: () => ContractClient): void {
  async function causesOf(crd: JsonMap): Promise<string[]> {
    const { status, body } = await connect().request('POST', DRY, { body: crd });
    expect([status, body['reason']]).toEqual([422, 'Invalid']);
    return listAt(mapAt(body, 'details'), 'causes').map((cause) => {
      const map = isMap(cause) ? cause : {};
      return `${stringAt(map, 'field') ?? ''}: ${stringAt(map, 'message') ?? ''}`;
    });
  }

  function refuses(refusals: readonly Refusal[]): void {
    it.each(refusals)('refuses %s', async (_title, spoil, causes) => {
      const parts = crdParts();
      spoil(parts);
      expect(await causesOf(parts.crd)).toEqual(causes);
    });
  }

  describe('names and versions', () => {
    refuses(NAME_REFUSALS);
  });
  describe('parts of a version', () => {
    refuses(VERSION_REFUSALS);
  });
  describe('schemas', () => {
    refuses(SCHEMA_REFUSALS);
  });
  describe('structure', () => {
    refuses(STRUCTURE_REFUSALS);
  });
  describe('lists, maps and defaults', () => {
    refuses(LIST_REFUSALS);
  });

  it('takes what is good', async () => {
    const { status } = await connect().request('POST', DRY, { body: crdParts().crd });
    expect(status).toBe(201);
  });

  const wrongTypes: [string, (parts: ReturnType<typeof crdParts>) => void, string][] = [
    [
      'a text for a boolean',
      ({ version }) => {
        version['served'] = 'yes';
      },
      'json: cannot unmarshal string into Go struct field CustomResourceDefinitionVersion.spec.versions.served of type bool',
    ],
    [
      'a map for a list',
      ({ spec }) => {
        spec['versions'] = {};
      },
      'json: cannot unmarshal object into Go struct field CustomResourceDefinitionSpec.spec.versions of type []v1.CustomResourceDefinitionVersion',
    ],
    [
      'a fraction for a length',
      ({ body }) => {
        body['minLength'] = 1.5;
      },
      'json: cannot unmarshal number 1.5 into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.minLength of type int64',
    ],
    [
      'a text for a schema',
      ({ body }) => {
        body['additionalProperties'] = 'any';
      },
      'boolean or JSON schema expected',
    ],
  ];

  it.each(wrongTypes)('does not read %s', async (_title, spoil, why) => {
    const parts = crdParts();
    spoil(parts);
    const { status, body } = await connect().request('POST', DRY, { body: parts.crd });
    expect([status, body['message']]).toEqual([
      400,
      `CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: ${why}`,
    ]);
  });

  it('warns of fields it does not know and leaves them out, or refuses them', async () => {
    const { crd, spec, version, body } = crdParts();
    Object.assign(body, { wat: 3 });
    Object.assign(version, { bar: 2 });
    Object.assign(spec, { foo: 1 });
    const unknown = [
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.wat',
      'spec.versions[0].bar',
      'spec.foo',
    ].map((field) => `unknown field "${field}"`);
    const lenient = await connect().request('POST', DRY, { body: crd });
    expect(lenient.status).toBe(201);
    expect(lenient.headers.warning).toBe(
      unknown.map((text) => `299 - "${text.replaceAll('"', '\\"')}"`).join(', '),
    );
    expect(mapAt(lenient.body, 'spec')).not.toHaveProperty('foo');
    const strict = await connect().request('POST', `${DRY}&fieldValidation=Strict`, { body: crd });
    expect([strict.status, strict.body['message']]).toEqual([
      400,
      `CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: strict decoding error: ${unknown.join(', ')}`,
    ]);
  });

  it('writes what is empty as Go does, and fills in what was not said', async () => {
    const { crd, spec, names, version, body } = crdParts();
    Object.assign(names, { shortNames: [], categories: null });
    Object.assign(version, {
      additionalPrinterColumns: [],
      subresources: { status: null },
      deprecated: false,
    });
    Object.assign(body, {
      nullable: false,
      required: [],
      description: '',
      minimum: 0,
      default: null,
    });
    Object.assign(spec, { preserveUnknownFields: false });
    const created = await connect().request('POST', DRY, { body: crd });
    expect(created.status).toBe(201);
    expect(created.body['spec']).toEqual({
      group: spec['group'],
      scope: 'Namespaced',
      names: { plural: 'levers', singular: 'lever', kind: 'Lever', listKind: 'LeverList' },
      conversion: { strategy: 'None' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: {},
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  minimum: 0,
                  properties: {
                    size: { type: 'integer' },
                    list: { type: 'array', items: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
      ],
    });
    expect(created.body['status']).toEqual({
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: ['v1'],
    });
  });

  it('warns of formats that it does not mind', async () => {
    const { crd, fields } = crdParts();
    fields['a'] = { type: 'string', format: 'iban' };
    const { status, headers } = await connect().request('POST', DRY, { body: crd });
    expect([status, headers.warning]).toEqual([201, '299 - "unrecognized format \\"iban\\""']);
  });
}
