import { expect, it } from 'vitest';
import { mapAt, stringAt, type Json, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import { metadataOf, unique, versionOf } from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

const MERGE = 'application/merge-patch+json';

/** Who is recorded to own which field, write by write. */
export function ownershipContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);

  function entriesOf({ body }: ContractResponse): JsonMap[] {
    return (metadataOf(body)['managedFields'] ?? []) as JsonMap[];
  }

  /** manager → what it owns. */
  function owned(answer: ContractResponse): Record<string, Json | undefined> {
    return Object.fromEntries(
      entriesOf(answer).map((entry) => [stringAt(entry, 'manager') ?? '', entry['fieldsV1']]),
    );
  }

  function patchAs(manager: string, url: string, body: JsonMap): Promise<ContractResponse> {
    return connect().request('PATCH', `${url}?fieldManager=${manager}`, {
      body,
      contentType: MERGE,
    });
  }

  it('records what the defaults add for the one who created', async () => {
    const labels = { app: 'x' };
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: unique('owned'), labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }] },
        },
      },
    };
    const path = motors.configMaps
      .replace('/api/v1', '/apis/apps/v1')
      .replace('configmaps', 'deployments');
    const created = await connect().request('POST', `${path}?fieldManager=maker`, { body });
    expect(owned(created)['maker']).toEqual({
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': {
        'f:progressDeadlineSeconds': {},
        'f:replicas': {},
        'f:revisionHistoryLimit': {},
        'f:selector': {},
        'f:strategy': {
          'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} },
          'f:type': {},
        },
        'f:template': {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
          'f:spec': {
            'f:containers': {
              'k:{"name":"c"}': {
                '.': {},
                'f:image': {},
                'f:imagePullPolicy': {},
                'f:name': {},
                'f:ports': {
                  '.': {},
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:containerPort': {},
                    'f:protocol': {},
                  },
                },
                'f:resources': {},
                'f:terminationMessagePath': {},
                'f:terminationMessagePolicy': {},
              },
            },
            'f:dnsPolicy': {},
            'f:restartPolicy': {},
            'f:schedulerName': {},
            'f:securityContext': {},
            'f:terminationGracePeriodSeconds': {},
          },
        },
      },
    });
  });

  it('takes a field away from its owner and gives it to the one who changed it', async () => {
    const url = motors.urlOf(
      (await motors.create(motor({ name: unique('own') }, { spec: { size: 1, color: 'a' } }))).body,
    );
    const changed = await patchAs('b', url, { spec: { color: 'b' } });
    expect(owned(changed)).toEqual({
      contract: { 'f:spec': { '.': {}, 'f:size': {} } },
      b: { 'f:spec': { 'f:color': {} } },
    });
    const removed = await patchAs('c', url, { spec: { color: null } });
    expect(owned(removed)).toEqual({ contract: { 'f:spec': { '.': {}, 'f:size': {} } } });
  });

  it('leaves the owners alone when a write sets what is there already', async () => {
    const object = await motors.created({ spec: { size: 1 } });
    const same = await patchAs('b', motors.urlOf(object), { spec: { size: 1 } });
    expect(versionOf(same.body)).toBe(versionOf(object));
    expect(Object.keys(owned(same))).toEqual(['contract']);
  });

  it('owns the owners of an object one by one, each as a whole', async () => {
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u' };
    const answer = await motors.create(
      motor({ name: unique('own'), ownerReferences: [reference], finalizers: ['a/b', 'a/b'] }, {}),
    );
    expect(owned(answer)['contract']).toEqual({
      'f:metadata': {
        'f:finalizers': { '.': {}, 'v:"a/b"': {} },
        'f:ownerReferences': { '.': {}, 'k:{"uid":"u"}': {} },
      },
    });
  });

  it('joins the oldest of more than ten managers', async () => {
    const url = motors.urlOf(await motors.created());
    let last: ContractResponse | undefined;
    for (let index = 0; index < 13; index += 1) {
      const manager = `m${String(index).padStart(2, '0')}`;
      last = await patchAs(manager, url, { metadata: { labels: { [manager]: 'x' } } });
    }
    if (last === undefined) throw new Error('nothing was written');
    const owners = owned(last);
    expect(Object.keys(owners)).toHaveLength(10);
    // Within one second, the order of time is that of the names.
    expect(owners['ancient-changes']).toBeDefined();
    expect(owners['m12']).toEqual({ 'f:metadata': { 'f:labels': { 'f:m12': {} } } });
    const all = Object.values(owners).flatMap((fields) =>
      Object.keys(mapAt(mapAt(fields as JsonMap, 'f:metadata'), 'f:labels') ?? {}),
    );
    expect(all.filter((key) => key.startsWith('f:')).sort()).toHaveLength(13);
  });

  it('keeps no account of an object once its managed fields were reset', async () => {
    const url = motors.urlOf(await motors.created());
    const reset = await patchAs('b', url, { metadata: { managedFields: [{}] }, spec: { size: 2 } });
    expect(entriesOf(reset)).toEqual([]);
    expect(entriesOf(await patchAs('b', url, { spec: { size: 3 } }))).toEqual([]);
  });

  it('resets by an empty list the account of a built-in object, not of another one', async () => {
    const url = motors.urlOf(await motors.created());
    const custom = await patchAs('b', url, { metadata: { managedFields: [], labels: { a: 'b' } } });
    expect(Object.keys(owned(custom)).sort()).toEqual(['b', 'contract']);
    const name = unique('cm');
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: '1' } };
    await connect().request('POST', motors.configMaps, { body });
    const builtIn = await patchAs('b', `${motors.configMaps}/${name}`, {
      metadata: { managedFields: [] },
    });
    expect(entriesOf(builtIn)).toEqual([]);
  });

  it('takes no notice of managed fields that it cannot read, or that come with a status', async () => {
    const object = await motors.created();
    const { manager, ...entry } =
      ((metadataOf(object)['managedFields'] ?? []) as JsonMap[])[0] ?? {};
    const url = motors.urlOf(object);
    const unreadable = await patchAs('b', url, {
      metadata: { managedFields: [{ ...entry, manager, operation: 'Bad' }] },
    });
    expect(Object.keys(owned(unreadable))).toEqual(['contract']);
    const status = await patchAs('b', `${url}/status`, {
      metadata: { managedFields: [{ ...entry, manager: 'heir' }] },
      status: { phase: 'On' },
    });
    expect(Object.keys(owned(status)).sort()).toEqual(['b', 'contract']);
  });

  const APPLY = 'application/apply-patch+yaml';

  function applyAs(manager: string, url: string, body: JsonMap): Promise<ContractResponse> {
    return connect().request('PATCH', `${url}?fieldManager=${manager}`, {
      body: { ...motor({ name: url.split('/')[7] ?? '' }, {}), ...body },
      contentType: APPLY,
    });
  }

  it.each([
    [
      '',
      { spec: { color: 'a' } },
      { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {} } }, 'f:spec': { '.': {}, 'f:size': {} } },
    ],
    ['/status', { status: { phase: 'On' } }, { 'f:status': { '.': {}, 'f:phase': {} } }],
  ])(
    'takes what it finds at the first apply to "%s" for somebody’s, as far as it can be set there',
    async (subresource, body, found) => {
      const url = motors.urlOf(await motors.created({ spec: { size: 1 } }, { labels: { a: 'b' } }));
      await patchAs('b', `${url}/status`, { status: { phase: 'On' } });
      await patchAs('b', url, { metadata: { managedFields: [{}] } });
      const applied = await applyAs('c', `${url}${subresource}`, body);
      expect(owned(applied)['before-first-apply']).toEqual(found);
    },
  );

  it('says when an apply changed nothing but an order', async () => {
    const url = `${motors.path}/${unique('own')}`;
    const parts = [{ name: 'x' }, { name: 'y' }];
    await applyAs('a', url, { spec: { parts } });
    const turned = await applyAs('b', url, { spec: { parts: parts.toReversed() } });
    expect(mapAt(turned.body, 'spec')).toEqual({ parts: parts.toReversed() });
    const same = await applyAs('c', url, { spec: { parts: parts.toReversed() } });
    expect(entriesOf(same).map(({ manager, time }) => [manager, time !== undefined])).toEqual(
      expect.arrayContaining([
        ['a', true],
        ['b', true],
        ['c', false],
      ]),
    );
  });
}
