import { beforeAll, expect, it } from 'vitest';
import type { JsonMap } from '../json.ts';
import { collectionOf, createBuiltInNamespace, SELECTOR, TEMPLATE } from './built-in-objects.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';

/** How built-in kinds are read: by their Go types. */
export function builtInTypesContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });

  function post(
    resource: 'deployments' | 'configmaps' | 'secrets' | 'leases' | 'pods',
    body: JsonMap | string,
    query = '',
  ): Promise<ContractResponse> {
    const { path } = collectionOf(connect(), namespace, resource);
    return connect().request('POST', `${path}?dryRun=All${query}`, { body });
  }

  const deployment = (spec: JsonMap): JsonMap => ({ metadata: { name: 'x' }, spec });
  const container = (rest: JsonMap): JsonMap =>
    deployment({ template: { spec: { containers: [rest] } } });

  it('names the first value that is of a wrong type, as Go does', async () => {
    const cases: [JsonMap, string][] = [
      [
        deployment({ replicas: '3' }),
        'string into Go struct field DeploymentSpec.spec.replicas of type int32',
      ],
      [
        deployment({ replicas: 3.5 }),
        'number 3.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
      ],
      [
        deployment({ paused: 1, replicas: 'x' }),
        'number into Go struct field DeploymentSpec.spec.paused of type bool',
      ],
      [
        deployment({ template: [] }),
        'array into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec',
      ],
      [
        deployment({ template: { spec: { restartPolicy: 1 } } }),
        'number into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy',
      ],
      [
        deployment({ template: { spec: { containers: {} } } }),
        'object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
      ],
      [
        container({ env: [{ name: 'A', value: 1 }] }),
        'number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
      ],
      [
        container({ livenessProbe: { httpGet: { path: 7 } } }),
        'number into Go struct field HTTPGetAction.spec.template.spec.containers.livenessProbe.ProbeHandler.httpGet.path of type string',
      ],
      [
        deployment({ strategy: { rollingUpdate: { maxSurge: true } } }),
        'bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32',
      ],
    ];
    for (const [body, why] of cases) {
      const answer = await post('deployments', body);
      expect([answer.status, answer.body['message']]).toEqual([
        400,
        `Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal ${why}`,
      ]);
    }
  });

  it('refuses quantities, times and bytes that are none', async () => {
    const limits = { cpu: 'abc' };
    expect((await post('deployments', container({ resources: { limits } }))).body['message']).toBe(
      `Deployment in version "v1" cannot be handled as a Deployment: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    );
    const lease = { metadata: { name: 'x' }, spec: { renewTime: '2024-01-01T00:00:00Z' } };
    expect((await post('leases', lease)).body['message']).toBe(
      'Lease in version "v1" cannot be handled as a Lease: parsing time "2024-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    );
    const secret = { metadata: { name: 'x' }, data: { a: '%%' } };
    expect((await post('secrets', secret)).body['message']).toBe(
      'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
    );
  });

  const unknown: JsonMap = {
    metadata: { name: 'x', zap: 1 },
    zip: 1,
    spec: {
      selector: SELECTOR,
      foo: 1,
      template: { ...TEMPLATE, spec: { containers: [{ name: 'c', image: 'i', zoo: { x: 1 } }] } },
    },
  };
  const FIELDS = ['metadata.zap', 'zip', 'spec.foo', 'spec.template.spec.containers[0].zoo'];

  it('leaves out what a type does not know, and warns of it', async () => {
    const { status, headers, body } = await post('deployments', unknown);
    expect(status).toBe(201);
    expect(JSON.stringify(body)).not.toMatch(/"(zap|zip|foo|zoo)"/);
    for (const field of FIELDS) {
      expect(headers['warning']).toContain(`299 - "unknown field \\"${field}\\""`);
    }
    const ignored = await post('deployments', unknown, '&fieldValidation=Ignore');
    expect([ignored.status, ignored.headers['warning']]).toEqual([201, undefined]);
  });

  it('refuses it where the request is strict', async () => {
    const { status, body } = await post('deployments', unknown, '&fieldValidation=Strict');
    expect([status, body['message']]).toEqual([
      400,
      `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ${FIELDS.map((field) => `unknown field "${field}"`).join(', ')}`,
    ]);
  });

  it('writes quantities and times in their one form', async () => {
    const amounts: [string, string][] = [
      ['0.5', '500m'],
      ['1000m', '1'],
      ['1024Mi', '1Gi'],
      ['1.5Gi', '1536Mi'],
      ['1000', '1k'],
      ['1e3', '1e3'],
      ['0Mi', '0'],
      ['0.001Gi', '1073741824m'],
    ];
    for (const [given, written] of amounts) {
      const containers = [{ name: 'c', image: 'i', resources: { limits: { memory: given } } }];
      const { text } = await post('pods', { metadata: { name: 'x' }, spec: { containers } });
      expect(JSON.stringify(JSON.parse(text))).toContain(`"limits":{"memory":"${written}"}`);
    }
    const spec = { renewTime: '2024-01-01T01:00:00.123456+01:00' };
    const { body } = await post('leases', { metadata: { name: 'x' }, spec });
    expect(body['spec']).toEqual({ renewTime: '2024-01-01T00:00:00.123456Z' });
  });
}
