import { expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { GROUP, metadataOf, unique } from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** What a body must be, and what the options of a write may say. */
export function bodyContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  function post(body: string, contentType = 'application/json'): Promise<ContractResponse> {
    return connect().request('POST', motors.path, { body, contentType });
  }

  const unreadable: [string, string, string][] = [
    ['', 'unexpected end of JSON input', '<empty>'],
    ['{', 'unexpected end of JSON input', '{'],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string", '{a:1}'],
    ['{"a" 1}', "invalid character '1' after object key", '{"a" 1}'],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`, '{"a":1 "b"}'],
    ['[1 2]', "invalid character '2' after array element", '5b3120325d'],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')", '{"a":tru}'],
    ['{"a":01}', "invalid character '1' after object key:value pair", '{"a":01}'],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal", '{"a":1.}'],
    ['{"a":"\\x"}', "invalid character 'x' in string escape code", '{"a":"\\x"}'],
    ['}', "invalid character '}' looking for beginning of value", '7d'],
    [
      '{"apiVersion":"v1","kind":"ConfigMap"} x',
      "invalid character 'x' after top-level value",
      '{"apiVersion":"v1","kind":"Con ...',
    ],
    ['[]', `json: cannot unmarshal array into Go value of type ${TYPE_META}`, '5b5d'],
    ['"x"', `json: cannot unmarshal string into Go value of type ${TYPE_META}`, '227822'],
    [
      '{"apiVersion":5}',
      'json: cannot unmarshal number into Go struct field .apiVersion of type string',
      '{"apiVersion":5}',
    ],
  ];
  it.each(unreadable)('says why it cannot read %s', async (text, why, shown) => {
    const { status, body } = await post(text);
    expect([status, body['message']]).toEqual([
      400,
      `the object provided is unrecognized (must be of type Motor): couldn't get version/kind; json parse error: ${why} (${shown})`,
    ]);
  });

  it('refuses another type, and says which ones there are', async () => {
    const { status, body } = await post('x', 'text/plain');
    expect([status, body['message']]).toEqual([
      415,
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ]);
  });

  const types: [string, JsonMap, number, string][] = [
    [
      'no kind',
      { apiVersion: `${GROUP}/v1` },
      400,
      `the object provided is unrecognized (must be of type Motor): Object 'Kind' is missing in '{"apiVersion":"${GROUP}/v1"}' ({"apiVersion":"contract.exampl ...)`,
    ],
    [
      'no version',
      { kind: 'Motor' },
      400,
      `the API version in the data () does not match the expected API version (${GROUP}/v1)`,
    ],
    [
      'another version',
      { apiVersion: `${GROUP}/v9`, kind: 'Motor' },
      400,
      `the API version in the data (${GROUP}/v9) does not match the expected API version (${GROUP}/v1)`,
    ],
    [
      'another kind',
      { apiVersion: `${GROUP}/v1`, kind: 'Other', metadata: { name: 'x' } },
      422,
      `Other.${GROUP} "x" is invalid: kind: Invalid value: "Other": must be Motor`,
    ],
  ];
  it.each(types)('refuses a custom resource with %s', async (_title, body, code, message) => {
    const answer = await motors.create(body);
    expect([answer.status, answer.body['message']]).toEqual([code, message]);
  });

  const builtIn: [JsonMap, string][] = [
    [
      { apiVersion: 'v1', kind: 'Pod' },
      'Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
    ],
    [
      { apiVersion: 'v1', kind: 'Nope' },
      'Nope in version "v1" cannot be handled as a ConfigMap: no kind "Nope" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      { apiVersion: 'v2', kind: 'ConfigMap' },
      'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    ],
  ];
  it.each(builtIn)('refuses %o for a ConfigMap', async (type, message) => {
    const { status, body } = await connect().request('POST', motors.configMaps, { body: type });
    expect([status, body['message']]).toEqual([400, message]);
  });

  it('takes the type of a built-in object from the address', async () => {
    const { status, body } = await connect().request('POST', motors.configMaps, {
      body: { metadata: { name: unique('cm') } },
    });
    expect([status, body['kind'], body['apiVersion']]).toEqual([201, 'ConfigMap', 'v1']);
  });

  const options: [string, string, string][] = [
    ['dryRun=x', 'CreateOptions', 'dryRun: Unsupported value: ["x"]: supported values: "All"'],
    [
      `fieldManager=${'x'.repeat(129)}`,
      'CreateOptions',
      'fieldManager: Too long: may not be more than 128 bytes',
    ],
    [
      'fieldManager=a%00b',
      'CreateOptions',
      String.raw`fieldManager: Invalid value: "a\x00b": invalid character U+0000 (at position 1)`,
    ],
    [
      'fieldValidation=x',
      'CreateOptions',
      'fieldValidation: Unsupported value: "x": supported values: "", "Ignore", "Strict", "Warn"',
    ],
  ];
  it.each(options)('refuses the options %s', async (query, kind, why) => {
    const { status, body } = await connect().request('POST', `${motors.path}?${query}`, {
      body: motor({ name: unique('o') }),
    });
    expect([status, body['message']]).toEqual([422, `${kind}.meta.k8s.io "" is invalid: ${why}`]);
  });

  it('refuses force where nothing is applied', async () => {
    const object = await motors.created();
    const { status, body } = await connect().request(
      'PATCH',
      `${motors.urlOf(object)}?force=true`,
      {
        body: {},
        contentType: 'application/merge-patch+json',
      },
    );
    expect([status, body['message']]).toEqual([
      422,
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    ]);
  });

  it('stores nothing in a dry run, whatever the write', async () => {
    const created = await connect().request('POST', `${motors.path}?dryRun=All`, {
      body: motor({ name: unique('dry') }),
    });
    expect([created.status, metadataOf(created.body)['resourceVersion']]).toEqual([201, undefined]);
    const object = await motors.created();
    const url = motors.urlOf(object);
    const patched = await connect().request('PATCH', `${url}?dryRun=All`, {
      body: { spec: { size: 9 } },
      contentType: 'application/merge-patch+json',
    });
    expect([patched.body['spec'], metadataOf(patched.body)['generation']]).toEqual([
      { size: 9 },
      2,
    ]);
    const deleted = await connect().request('DELETE', `${url}?dryRun=All`);
    expect([deleted.status, deleted.body['status']]).toEqual([200, 'Success']);
    expect((await connect().request('GET', url)).body).toEqual(object);
  });

  it('answers what a method cannot do, custom resources in other words', async () => {
    const object = await motors.created();
    const url = motors.urlOf(object);
    const everywhere = motors.path.replace(/namespaces\/[^/]+\//, '');
    const none = 'the server does not allow this method on the requested resource';
    const attempts: [string, string, number, string | undefined][] = [
      ['PUT', motors.path, 400, 'name must be provided'],
      ['PATCH', motors.path, 400, 'name must be provided'],
      [
        'POST',
        `${url}/status`,
        405,
        `create is not supported on resources of kind "motors.${GROUP}"`,
      ],
      [
        'DELETE',
        `${url}/status`,
        405,
        `delete is not supported on resources of kind "motors.${GROUP}"`,
      ],
      ['POST', everywhere, 404, undefined],
      ['DELETE', everywhere, 404, undefined],
      ['POST', `${motors.configMaps}/x`, 405, none],
      ['PUT', motors.configMaps, 405, none],
      ['PATCH', motors.configMaps, 405, none],
      ['POST', '/api/v1/configmaps', 405, none],
      ['DELETE', '/api/v1/configmaps', 405, none],
      ['DELETE', '/api/v1/namespaces', 405, none],
    ];
    for (const [method, path, code, message] of attempts) {
      const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const { status, body } = await connect().request(method, path, { body: {}, contentType });
      expect([method, path, status, body['message']]).toEqual([method, path, code, message]);
    }
  });

  it('creates by a POST to any name of a custom resource', async () => {
    const name = unique('posted');
    const answer = await connect().request('POST', `${motors.path}/another`, {
      body: motor({ name }),
    });
    expect([answer.status, metadataOf(answer.body)['name']]).toEqual([201, name]);
  });
}
