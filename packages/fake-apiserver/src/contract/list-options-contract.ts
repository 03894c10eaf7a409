import { beforeAll, expect, it } from 'vitest';
import { stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  namesOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

const NOT_A_NUMBER = (text: string): string =>
  `strconv.ParseInt: parsing "${text}": invalid syntax`;
const CONTINUE = 'invalid continue token: continue key is not valid';
const MATCH = 'resourceVersionMatch';

function token(value: JsonMap): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** What lists and watches are asked with, and what is said of what makes no sense. */
export function listOptionsContract(connect: () => ContractClient): void {
  let path = '';
  let configMaps = '';

  beforeAll(async () => {
    await installCrd(connect(), widgetCrd({ plural: 'bolts', kind: 'Bolt' }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/bolts`;
    configMaps = `/api/v1/namespaces/${namespace}/configmaps`;
    for (const name of ['a', 'b', 'c']) {
      const bolt = { apiVersion: `${GROUP}/v1`, kind: 'Bolt', metadata: { name } };
      await connect().request('POST', path, { body: bolt });
      const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } };
      await connect().request('POST', configMaps, { body: configMap });
    }
  });

  const ask = (query: string, at = path): Promise<ContractResponse> =>
    connect().request('GET', `${at}?${query}`);

  it.each([
    ['limit=', NOT_A_NUMBER('')],
    ['limit=two', NOT_A_NUMBER('two')],
    ['limit=1.5', NOT_A_NUMBER('1.5')],
    ['timeoutSeconds=', NOT_A_NUMBER('')],
    [
      'limit=99999999999999999999',
      'strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    // The numbers are read first, the selectors then.
    ['limit=x&labelSelector=a%20b', NOT_A_NUMBER('x')],
    ['limit=x&timeoutSeconds=y', NOT_A_NUMBER('y')],
    [
      'resourceVersion=abc',
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'resourceVersion=-1',
      'invalid resource version: resourceVersion: Invalid value: "-1": strconv.ParseUint: parsing "-1": invalid syntax',
    ],
    ['continue=abc', `${CONTINUE}: invalid character 'i' looking for beginning of value`],
    ['continue=none', `${CONTINUE}: invalid character '\\u009e' looking for beginning of value`],
    ['continue=a.b', `${CONTINUE}: illegal base64 data at input byte 1`],
    [
      `continue=${token({ v: 'meta.k8s.io/v1' })}`,
      `${CONTINUE}: incorrect encoded start resourceVersion (version meta.k8s.io/v1)`,
    ],
    [
      `continue=${token({ v: 'meta.k8s.io/v1', rv: 5 })}`,
      `${CONTINUE}: encoded start key empty (version meta.k8s.io/v1)`,
    ],
    [
      `continue=${token({ v: 'meta.k8s.io/v1', rv: 5, start: '../secrets' })}`,
      `${CONTINUE}: ../secrets`,
    ],
    [
      `continue=${token({ v: 'meta.k8s.io/v2', rv: 5, start: 'a' })}`,
      `${CONTINUE}: server does not recognize this encoded version meta.k8s.io/v2`,
    ],
    [
      `resourceVersion=5&continue=${token({ v: 'meta.k8s.io/v1', rv: 5, start: 'a' })}`,
      'specifying resource version is not allowed when using continue',
    ],
  ])('answers 400 to a list with %s', async (query, message) => {
    for (const at of [path, configMaps]) {
      const { status, body } = await ask(query, at);
      expect([status, body['reason'], body['message']]).toEqual([400, 'BadRequest', message]);
    }
  });

  it.each(['limit=%2B3', 'limit=0', 'limit=-1', 'timeoutSeconds=-1', 'resourceVersion=00'])(
    'lists everything with %s',
    async (query) => {
      const { status, body } = await ask(query);
      expect([status, namesOf(body)]).toEqual([200, ['a', 'b', 'c']]);
    },
  );

  it.each(['watch=0', 'watch=false', 'watch=False'])('lists with %s', async (query) => {
    expect((await ask(query)).body['kind']).toBe('BoltList');
  });

  it.each(['watch=', 'watch=no', 'watch=1'])('watches with %s', async (query) => {
    const watch = await connect().watch(`${path}?${query}&timeoutSeconds=1`);
    expect((await watch.next()).type).toBe('ADDED');
    watch.close();
  });

  it('says of a watch’s version that is none nothing but the fault', async () => {
    const { status, body } = await ask('watch=1&resourceVersion=abc');
    expect([status, body['reason'], body['message']]).toEqual([
      500,
      undefined,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ]);
  });

  const needsNotOlder = `sendInitialEvents requires setting ${MATCH} to NotOlderThan`;
  it.each([
    ['watch=1&sendInitialEvents=true', [needsNotOlder]],
    ['watch=1&sendInitialEvents=false', [needsNotOlder]],
    [
      `watch=1&resourceVersion=5&${MATCH}=NotOlderThan`,
      [`${MATCH} is forbidden for watch unless sendInitialEvents is provided`],
    ],
    [
      `watch=1&sendInitialEvents=true&${MATCH}=NotOlderThan&continue=x`,
      [`${MATCH} is forbidden when continue is provided`],
    ],
    ['watch=1&continue=x', [`${MATCH} is forbidden when continue is provided`]],
    [
      `resourceVersion=5&${MATCH}=NotOlderThan&continue=x`,
      [`${MATCH} is forbidden when continue is provided`],
    ],
    [
      `${MATCH}=NotOlderThan&sendInitialEvents=false`,
      [
        `${MATCH} is forbidden unless resourceVersion is provided`,
        'sendInitialEvents is forbidden for list',
      ],
    ],
  ])('forbids %s', async (query, reasons) => {
    const { status, body } = await ask(query);
    expect([status, body['reason']]).toEqual([422, 'Invalid']);
    expect(body['details']).toEqual({
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: reasons.map((reason) => ({
        reason: 'FieldValueForbidden',
        message: `Forbidden: ${reason}`,
        field: reason.startsWith('sendInitialEvents is') ? 'sendInitialEvents' : MATCH,
      })),
    });
  });

  it('names the values that a watch’s resourceVersionMatch can have', async () => {
    const { status, body } = await ask(`watch=1&resourceVersion=5&${MATCH}=Exact`);
    expect([status, body['message']]).toEqual([
      422,
      `ListOptions.meta.k8s.io "" is invalid: [${MATCH}: Forbidden: ${MATCH} is forbidden for watch unless sendInitialEvents is provided, ${MATCH}: Unsupported value: "Exact": supported values: "NotOlderThan"]`,
    ]);
  });

  it('takes any zero but "0" for no version to be exact about', async () => {
    const { status, body } = await ask(`resourceVersion=00&${MATCH}=Exact`);
    expect([status, namesOf(body)]).toEqual([200, ['a', 'b', 'c']]);
  });

  it('gives with a limit the state of the version exactly', async () => {
    const before = versionOf((await ask('')).body);
    const late = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aa' } };
    await connect().request('POST', configMaps, { body: late });
    const exact = await ask(`resourceVersion=${before}&limit=2`, configMaps);
    expect([namesOf(exact.body), versionOf(exact.body)]).toEqual([['a', 'b'], before]);
    const newer = await ask(`resourceVersion=${before}`, configMaps);
    expect(namesOf(newer.body)).toEqual(['a', 'aa', 'b', 'c']);
    const notOlder = await ask(
      `resourceVersion=${before}&limit=2&${MATCH}=NotOlderThan`,
      configMaps,
    );
    expect(namesOf(notOlder.body)).toEqual(['a', 'aa']);
    await connect().request('DELETE', `${configMaps}/aa`);
  });

  it('goes on in another namespace where a token stands in this one', async () => {
    const first = await ask('limit=1');
    const next = encodeURIComponent(stringAt(metadataOf(first.body), 'continue') ?? '');
    const { body } = await ask(`continue=${next}`, configMaps);
    expect(namesOf(body)).toEqual(['b', 'c']);
  });

  it('goes on from what there is now with a token that says so', async () => {
    const next = token({ v: 'meta.k8s.io/v1', rv: -1, start: 'b' });
    const { status, body } = await ask(`limit=1&continue=${next}`);
    expect([status, namesOf(body)]).toEqual([200, ['b']]);
    expect(metadataOf(body)['remainingItemCount']).toBe(1);
  });

  it('[I11] tells of an expired token how to go on without consistency', async () => {
    await connect().compact();
    const old = token({ v: 'meta.k8s.io/v1', rv: 1, start: '/b' });
    const { status, body } = await ask(`limit=1&continue=${old}`);
    expect([status, body['reason'], body['message']]).toEqual([
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    ]);
    const next = encodeURIComponent(stringAt(metadataOf(body), 'continue') ?? '');
    const rest = await ask(`continue=${next}`);
    expect([rest.status, namesOf(rest.body)]).toEqual([200, ['b', 'c']]);
    expect(Number(versionOf(rest.body))).toBeGreaterThan(1);
  });

  it.each(['&limit=1', `&${MATCH}=Exact`])(
    '[I10] tells of an expired version, with %s',
    async (query) => {
      await connect().compact();
      const { status, body } = await ask(`resourceVersion=1${query}`);
      expect([status, body['reason'], body['message']]).toEqual([
        410,
        'Expired',
        'The resourceVersion for the provided list is too old.',
      ]);
    },
  );

  it('[I10] tells of an expired version of what was defined only later, too', async () => {
    const { body } = await ask('');
    await createNamespace(connect());
    await connect().compact();
    await installCrd(connect(), widgetCrd({ plural: 'latecomers', kind: 'Latecomer' }));
    const later = await ask(
      `resourceVersion=${versionOf(body)}&limit=1`,
      `/apis/${GROUP}/v1/latecomers`,
    );
    expect([later.status, later.body['reason']]).toEqual([410, 'Expired']);
  });

  it.each(['0', '1'])('gets one object not older than version %s', async (version) => {
    const { status, body } = await ask(`resourceVersion=${version}`, `${path}/a`);
    expect([status, metadataOf(body)['name']]).toEqual([200, 'a']);
  });

  it('gets none by a version that is none or that has not come', async () => {
    const bad = await ask('resourceVersion=abc', `${path}/a`);
    expect([bad.status, bad.body['message']]).toEqual([
      500,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ]);
    const future = Number(versionOf((await ask('')).body)) + 1_000_000;
    const late = await ask(`resourceVersion=${future}`, `${path}/a`);
    expect([late.status, late.body['reason']]).toEqual([504, 'Timeout']);
    expect(late.body['message']).toContain(`Too large resource version: ${future}, current: `);
  });
}
