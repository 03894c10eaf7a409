import { beforeAll, expect, it } from 'vitest';
import { stringAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  unique,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';

export function patchContract(connect: () => ContractClient): void {
  let path = '';
  let deployments = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'levers', kind: 'Lever' }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/levers`;
    deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  });

  async function created(spec: JsonMap): Promise<{ url: string; object: JsonMap }> {
    const name = unique('l');
    const { body } = await connect().request('POST', path, {
      body: { apiVersion: `${GROUP}/v1`, kind: 'Lever', metadata: { name }, spec },
    });
    return { url: `${path}/${name}`, object: body };
  }

  function patch(
    url: string,
    contentType: string,
    body: JsonMap | readonly Json[],
  ): Promise<ContractResponse> {
    return connect().request('PATCH', url, { body, contentType });
  }

  it('merges: sets, keeps and deletes by null', async () => {
    const { url } = await created({ size: 1, color: 'red' });
    const { status, body } = await patch(url, MERGE, { spec: { size: 2, color: null } });
    expect(status).toBe(200);
    expect(body['spec']).toEqual({ size: 2 });
    expect(metadataOf(body)['generation']).toBe(2);
  });

  it('keeps the version when a merge patch changes nothing', async () => {
    const { url, object } = await created({ size: 1 });
    const { body } = await patch(url, MERGE, { spec: { size: 1 } });
    expect(versionOf(body)).toBe(versionOf(object));
  });

  it('refuses a merge patch with a stale version', async () => {
    const { url, object } = await created({ size: 1 });
    await patch(url, MERGE, { spec: { size: 2 } });
    const { status, body } = await patch(url, MERGE, {
      metadata: { resourceVersion: versionOf(object) },
      spec: { size: 3 },
    });
    expect([status, body['reason']]).toEqual([409, 'Conflict']);
  });

  it('changes the status alone through the status subresource', async () => {
    const { url } = await created({ size: 1 });
    const { body } = await patch(`${url}/status`, MERGE, {
      spec: { size: 7 },
      status: { phase: 'Done' },
    });
    expect([body['spec'], body['status']]).toEqual([{ size: 1 }, { phase: 'Done' }]);
    const main = await patch(url, MERGE, { status: { phase: 'Undone' } });
    expect(main.body['status']).toEqual({ phase: 'Done' });
  });

  it('applies a JSON patch', async () => {
    const { url } = await created({ size: 1, parts: [{ name: 'a' }, { name: 'b' }] });
    const { status, body } = await patch(url, JSON_PATCH, [
      { op: 'test', path: '/spec/size', value: 1 },
      { op: 'replace', path: '/spec/size', value: 2 },
      { op: 'add', path: '/spec/parts/-', value: { name: 'c' } },
      { op: 'remove', path: '/spec/parts/0' },
      { op: 'copy', from: '/spec/parts/0/name', path: '/spec/color' },
    ]);
    expect(status).toBe(200);
    expect(body['spec']).toEqual({ size: 2, color: 'b', parts: [{ name: 'b' }, { name: 'c' }] });
  });

  it('refuses a JSON patch whose test fails or whose path is missing', async () => {
    const { url } = await created({ size: 1 });
    const test = await patch(url, JSON_PATCH, [{ op: 'test', path: '/spec/size', value: 2 }]);
    expect([test.status, test.body['reason']]).toEqual([422, 'Invalid']);
    const missing = await patch(url, JSON_PATCH, [{ op: 'remove', path: '/spec/nothing' }]);
    expect([missing.status, missing.body['reason']]).toEqual([422, 'Invalid']);
  });

  it('answers 415 for a strategic merge patch of a custom resource', async () => {
    const { url } = await created({ size: 1 });
    const { status, body } = await patch(url, STRATEGIC, { spec: { size: 2 } });
    expect(status).toBe(415);
    expect(body['message']).toBe(
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
  });

  it('answers 404 for a patch of what is not there', async () => {
    const { status, body } = await patch(`${path}/nothing`, MERGE, { spec: {} });
    expect([status, body['message']]).toEqual([404, `levers.${GROUP} "nothing" not found`]);
  });

  it('merges the containers of a Deployment by name with a strategic merge patch', async () => {
    const name = unique('web');
    const labels = { app: name };
    const containers = [
      { name: 'main', image: 'one' },
      { name: 'side', image: 'side' },
    ];
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    };
    expect((await connect().request('POST', deployments, { body })).status).toBe(201);
    const patched = await patch(`${deployments}/${name}`, STRATEGIC, {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'main', image: 'two' },
              { name: 'side', $patch: 'delete' },
            ],
          },
        },
      },
    });
    expect(patched.status).toBe(200);
    expect(patched.body).toMatchObject({
      spec: { template: { spec: { containers: [{ name: 'main', image: 'two' }] } } },
    });
    expect(metadataOf(patched.body)['generation']).toBe(2);
    expect(stringAt(metadataOf(patched.body), 'name')).toBe(name);
  });
}
