import { beforeAll, expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  errorOf,
  GROUP,
  installCrd,
  metadataOf,
  namesOf,
  unique,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

export function listContract(connect: () => ContractClient): void {
  const all = `/apis/${GROUP}/v1/pins`;
  let path = '';
  let other = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'pins', kind: 'Pin' }));
    [path = '', other = ''] = await Promise.all(
      [0, 1].map(async () => {
        const namespace = await createNamespace(connect());
        return `/apis/${GROUP}/v1/namespaces/${namespace}/pins`;
      }),
    );
    for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      await create(path, name, { tier: index < 2 ? 'front' : 'back', [name]: 'yes' });
    }
    await create(other, 'z', { tier: 'front' });
  });

  function create(at: string, name: string, labels: JsonMap): Promise<ContractResponse> {
    const body = { apiVersion: `${GROUP}/v1`, kind: 'Pin', metadata: { name, labels } };
    return connect().request('POST', at, { body });
  }

  async function list(query: string, at = path): Promise<JsonMap> {
    const { status, body } = await connect().request('GET', `${at}?${query}`);
    expect(status).toBe(200);
    return body;
  }

  const continueOf = (body: JsonMap): string =>
    encodeURIComponent(stringAt(metadataOf(body), 'continue') ?? '');

  it('lists one namespace, or all of them in the order of namespace and name', async () => {
    const one = await list('');
    expect(one).toMatchObject({ apiVersion: `${GROUP}/v1`, kind: 'PinList' });
    expect(namesOf(one)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([...namesOf(await list('', all))].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'z']);
  });

  it('[I2] writes the items of custom resources before the metadata', async () => {
    const { text } = await connect().request('GET', path);
    expect(text.indexOf('"items":[')).toBeLessThan(text.lastIndexOf('"metadata":{"'));
    expect(text).toContain(`"items":[{"apiVersion":"${GROUP}/v1","kind":"Pin"`);
    const builtIn = await connect().request('GET', '/api/v1/namespaces');
    expect(builtIn.text).toMatch(/^\{"kind":"NamespaceList","apiVersion":"v1","metadata":\{/);
    expect(builtIn.text).toContain('"items":[{"metadata":{');
  });

  it('answers an empty list with an empty array', async () => {
    const body = await list('labelSelector=tier%3Dnobody');
    expect(body['items']).toEqual([]);
  });

  it('pages with a token, a count of the rest and one consistent version', async () => {
    const first = await list('limit=2');
    expect(namesOf(first)).toEqual(['a', 'b']);
    expect(metadataOf(first)['remainingItemCount']).toBe(3);
    const late = unique('a');
    await create(path, late, {});
    const second = await list(`limit=2&continue=${continueOf(first)}`);
    expect(namesOf(second)).toEqual(['c', 'd']);
    expect(versionOf(second)).toBe(versionOf(first));
    const third = await list(`limit=2&continue=${continueOf(second)}`);
    expect(namesOf(third)).toEqual(['e']);
    expect(metadataOf(third)['continue']).toBe('');
    expect(metadataOf(third)['remainingItemCount']).toBeUndefined();
    await connect().request('DELETE', `${path}/${late}`);
  });

  it('pages over all namespaces', async () => {
    const names: string[] = [];
    let next = '';
    do {
      const page = await list(`limit=2${next === '' ? '' : `&continue=${next}`}`, all);
      names.push(...namesOf(page));
      next = continueOf(page);
    } while (next !== '');
    expect(names.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'z']);
  });

  it('does not count the rest of a selection', async () => {
    const page = await list('limit=1&labelSelector=tier%3Dback');
    expect(namesOf(page)).toEqual(['c']);
    expect(continueOf(page)).not.toBe('');
    expect(metadataOf(page)['remainingItemCount']).toBeUndefined();
  });

  it.each(['', '&resourceVersionMatch=NotOlderThan'])(
    'ignores the limit at version 0%s',
    async (match) => {
      const body = await list(`limit=2&resourceVersion=0${match}`);
      expect(namesOf(body)).toEqual(['a', 'b', 'c', 'd', 'e']);
    },
  );

  it('goes on from a page that is full as long as anything follows, selected or not', async () => {
    const selector = 'labelSelector=tier%3Dfront';
    const first = await list(`limit=2&${selector}`);
    expect(namesOf(first)).toEqual(['a', 'b']);
    const last = await list(`limit=2&${selector}&continue=${continueOf(first)}`);
    expect([namesOf(last), continueOf(last)]).toEqual([[], '']);
    const end = await list('limit=3&labelSelector=tier%3Dback');
    expect([namesOf(end), continueOf(end)]).toEqual([['c', 'd', 'e'], '']);
  });

  it('knows by a name or a namespace that nothing follows', async () => {
    const named = await list('limit=1&fieldSelector=metadata.name%3Db');
    expect([namesOf(named), continueOf(named)]).toEqual([['b'], '']);
    for (const at of [path, other]) {
      const [namespace = '', count] = [at.split('/').at(-2), at === path ? 5 : 1];
      const body = await list(
        `limit=${count}&fieldSelector=metadata.namespace%3D${namespace}`,
        all,
      );
      expect([namesOf(body).length, continueOf(body)]).toEqual([count, '']);
    }
    const anywhere = await list('limit=1&fieldSelector=metadata.name%3Da', all);
    expect([namesOf(anywhere), continueOf(anywhere) === '']).toEqual([['a'], false]);
  });

  it.each(['resourceVersionMatch=Exact', 'limit=2'])(
    'lists nothing at a version from before its definition, with %s',
    async (query) => {
      const { body } = await connect().request('GET', '/api/v1/namespaces');
      const kind = unique('Early').replaceAll('-', '');
      const plural = kind.toLowerCase();
      await installCrd(connect(), widgetCrd({ plural, kind }));
      const early = `/apis/${GROUP}/v1/${plural}`;
      const empty = await list(`resourceVersion=${versionOf(body)}&${query}`, early);
      expect([namesOf(empty), versionOf(empty)]).toEqual([[], versionOf(body)]);
      const watch = await connect().watch(`${early}?watch=1&resourceVersion=${versionOf(body)}`);
      expect((await watch.next()).object['code']).toBe(410);
      watch.close();
    },
  );

  it.each([
    ['tier=front', ['a', 'b']],
    ['tier!=front', ['c', 'd', 'e']],
    ['tier in (front, middle),a', ['a']],
    ['tier notin (back)', ['a', 'b']],
    ['!a,tier==front', ['b']],
    ['c', ['c']],
  ])('selects by labels: %s', async (selector, names) => {
    expect(namesOf(await list(`labelSelector=${encodeURIComponent(selector)}`))).toEqual(names);
  });

  it('refuses a label selector that cannot be read', async () => {
    const { status, body } = await connect().request('GET', `${path}?labelSelector=a%20in%20(`);
    expect([status, body['reason']]).toEqual([400, 'BadRequest']);
  });

  it('selects by name and by namespace', async () => {
    expect(namesOf(await list('fieldSelector=metadata.name%3Db'))).toEqual(['b']);
    expect(namesOf(await list('fieldSelector=metadata.name!%3Db'))).toEqual(['a', 'c', 'd', 'e']);
    const namespace = other.split('/').at(-2) ?? '';
    const body = await list(`fieldSelector=metadata.namespace%3D${namespace}`, all);
    expect(namesOf(body)).toEqual(['z']);
  });

  it('refuses a field that cannot be selected', async () => {
    const { status, body } = await connect().request('GET', `${path}?fieldSelector=spec.size%3D1`);
    expect(status).toBe(400);
    expect(errorOf(body)).toMatchObject({
      reason: 'BadRequest',
      message: 'field label not supported: spec.size',
    });
  });

  it('gives the state of a version exactly when asked', async () => {
    const before = versionOf(await list(''));
    const name = unique('late');
    await create(path, name, {});
    const exact = await list(`resourceVersion=${before}&resourceVersionMatch=Exact`);
    expect(namesOf(exact)).not.toContain(name);
    expect(versionOf(exact)).toBe(before);
    const newer = await list(`resourceVersion=${before}&resourceVersionMatch=NotOlderThan`);
    expect(namesOf(newer)).toContain(name);
    await connect().request('DELETE', `${path}/${name}`);
  });

  it.each([
    [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'resourceVersionMatch=Other&resourceVersion=1',
      'resourceVersionMatch: Unsupported value: "Other": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'sendInitialEvents=true',
      'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
  ])('refuses the options %s', async (query, why) => {
    const { status, body } = await connect().request('GET', `${path}?${query}`);
    expect(status).toBe(422);
    expect(body['message']).toContain(`ListOptions.meta.k8s.io "" is invalid: ${why}`);
  });

  it('refuses a version that is no number', async () => {
    const { status, body } = await connect().request('GET', `${path}?resourceVersion=abc`);
    expect([status, body['reason']]).toEqual([400, 'BadRequest']);
  });

  it('refuses a continue token that nobody made', async () => {
    const { status, body } = await connect().request('GET', `${path}?limit=1&continue=abc`);
    expect([status, body['reason']]).toEqual([400, 'BadRequest']);
    expect(body['message']).toContain('continue key is not valid');
  });

  it('[I12] answers 504 for a token whose version has not come', async () => {
    const future = Number(versionOf(await list(''))) + 1_000_000;
    const token = { v: 'meta.k8s.io/v1', rv: future, start: '/b' };
    const next = Buffer.from(JSON.stringify(token)).toString('base64url');
    const { status, body } = await connect().request('GET', `${path}?continue=${next}`);
    expect([status, body['reason']]).toEqual([504, 'Timeout']);
    expect(body['message']).toContain(`Too large resource version: ${future}, current: `);
  });

  it('[I12] answers 504 with its cause for a version that has not come', async () => {
    const current = Number(versionOf(await list('')));
    const { status, body } = await connect().request(
      'GET',
      `${path}?resourceVersion=${current + 1_000_000}`,
    );
    expect(status).toBe(504);
    expect(body).toMatchObject({
      reason: 'Timeout',
      code: 504,
      details: {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    });
    expect(body['message']).toContain(
      `Too large resource version: ${current + 1_000_000}, current: `,
    );
  });
}
