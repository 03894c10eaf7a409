import { beforeAll, expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import {
  collectionOf,
  CONTAINERS,
  createBuiltInNamespace,
  nameOf,
  SELECTOR,
  TEMPLATE,
  type BuiltIn,
  type Collection,
} from './built-in-objects.ts';
import type { ContractClient } from './contract-client.ts';

/** What of a built-in object stays as it was made. */
export function builtInChangesContract(connect: () => ContractClient): void {
  let namespace = '';
  beforeAll(async () => {
    namespace = await createBuiltInNamespace(connect());
  });
  const kinds = (resource: BuiltIn): Collection => collectionOf(connect(), namespace, resource);

  it('lets little of a pod change', async () => {
    const created = await kinds('pods').created({ spec: { containers: CONTAINERS } });
    const url = `${kinds('pods').path}/${nameOf(created)}`;
    const patch = async (spec: JsonMap): Promise<[number, string]> => {
      const { status, body } = await connect().request('PATCH', url, {
        body: { spec },
        contentType: 'application/strategic-merge-patch+json',
      });
      return [status, stringAt(body, 'message') ?? ''];
    };
    expect((await patch({ containers: [{ name: 'c', image: 'j' }] }))[0]).toBe(200);
    const [status, message] = await patch({ restartPolicy: 'Never' });
    expect(status).toBe(422);
    expect(message).toContain('spec: Forbidden: pod updates may not change fields other than');
    expect((await patch({ containers: [{ name: 'd', image: 'i' }] }))[1]).toContain(
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    );
  });

  it('keeps the selector of a Deployment', async () => {
    const created = await kinds('deployments').created({
      spec: { selector: SELECTOR, template: TEMPLATE },
    });
    const url = `${kinds('deployments').path}/${nameOf(created)}`;
    const labels = { app: 'api' };
    const { status, body } = await connect().request('PATCH', url, {
      body: {
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } },
      },
      contentType: 'application/merge-patch+json',
    });
    expect([status, body['message']]).toEqual([
      422,
      `Deployment.apps "${nameOf(created)}" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"api"}}: field is immutable`,
    ]);
  });

  it('keeps what is said to be immutable', async () => {
    const created = await kinds('configmaps').created({ immutable: true, data: { a: 'b' } });
    const name = nameOf(created);
    const { status, body } = await connect().request(
      'PATCH',
      `${kinds('configmaps').path}/${name}`,
      {
        body: { immutable: null, data: { a: 'c' } },
        contentType: 'application/merge-patch+json',
      },
    );
    expect([status, body['message']]).toEqual([
      422,
      `ConfigMap "${name}" is invalid: [immutable: Forbidden: field is immutable when \`immutable\` is set, data: Forbidden: field is immutable when \`immutable\` is set]`,
    ]);
  });
}
