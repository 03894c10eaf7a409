import { beforeAll, expect, it } from 'vitest';
import { mapAt, stringAt, type JsonMap } from '../json.ts';
import type { ContractClient, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  metadataOf,
  namesOf,
  unique,
  versionOf,
} from './contract-fixtures.ts';
import { motor, useMotors } from './contract-motors.ts';

/** Deletions that take their time: pods with a grace period, objects held by finalizers. */
export function gracefulContract(connect: () => ContractClient): void {
  const motors = useMotors(connect);
  let pods = '';

  beforeAll(async () => {
    const namespace = `/api/v1/namespaces/${await createNamespace(connect())}`;
    pods = `${namespace}/pods`;
    // Where no controller makes it, the account that pods run as.
    await connect().request('POST', `${namespace}/serviceaccounts`, {
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    });
  });

  async function createdPod(spec: JsonMap = {}, metadata: JsonMap = {}): Promise<string> {
    const name = unique('pod');
    const body = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, ...metadata },
      spec: {
        containers: [{ name: 'c', image: 'i' }],
        automountServiceAccountToken: false,
        ...spec,
      },
    };
    const created = await connect().request('POST', pods, { body });
    if (created.status !== 201) throw new Error(`the pod was refused: ${created.text}`);
    return `${pods}/${name}`;
  }

  function remove(url: string, options?: JsonMap): Promise<ContractResponse> {
    return connect().request('DELETE', url, options === undefined ? {} : { body: options });
  }

  const graceOf = ({ body }: ContractResponse): unknown =>
    metadataOf(body)['deletionGracePeriodSeconds'];

  const scheduled = { nodeName: 'nowhere' };

  it('removes a pod without a node at once, and shows it as it was', async () => {
    const url = await createdPod();
    const { status, body } = await remove(url);
    expect([status, body['kind']]).toEqual([200, 'Pod']);
    expect(metadataOf(body)).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 });
    expect((await connect().request('GET', url)).status).toBe(404);
  });

  it('gives a pod on a node its grace period', async () => {
    const url = await createdPod(scheduled);
    const before = Date.now();
    const deleted = await remove(url);
    expect([deleted.status, graceOf(deleted)]).toEqual([200, 30]);
    const due = Date.parse(stringAt(metadataOf(deleted.body), 'deletionTimestamp') ?? '');
    expect(Math.abs(due - before - 30_000)).toBeLessThan(10_000);
    expect(metadataOf(deleted.body)['generation']).toBe(2);
    expect(versionOf((await remove(url)).body)).toBe(versionOf(deleted.body));
    expect((await connect().request('GET', url)).status).toBe(200);
    await remove(url, { gracePeriodSeconds: 0 });
    expect((await connect().request('GET', url)).status).toBe(404);
  });

  it('takes the grace period of the pod, of the request, and at least a second', async () => {
    const own = { ...scheduled, terminationGracePeriodSeconds: 7 };
    expect(graceOf(await remove(await createdPod(own)))).toBe(7);
    expect(graceOf(await remove(await createdPod(own), { gracePeriodSeconds: 40 }))).toBe(40);
    expect(graceOf(await remove(await createdPod(own), { gracePeriodSeconds: -5 }))).toBe(1);
  });

  it('makes a grace period shorter, never longer', async () => {
    const url = await createdPod(scheduled);
    const graces: unknown[] = [];
    for (const gracePeriodSeconds of [50, 60, 20, 25, 5]) {
      graces.push(graceOf(await remove(url, { gracePeriodSeconds })));
    }
    expect(graces).toEqual([50, 50, 20, 20, 5]);
  });

  it('keeps a pod with a finalizer, whatever its grace period', async () => {
    const url = await createdPod(scheduled, { finalizers: ['x/y'] });
    const now = await remove(url, { gracePeriodSeconds: 0 });
    expect([graceOf(now), metadataOf(now.body)['finalizers']]).toEqual([0, ['x/y']]);
    await connect().request('PATCH', url, {
      body: { metadata: { finalizers: null } },
      contentType: 'application/merge-patch+json',
    });
    expect((await connect().request('GET', url)).status).toBe(404);
  });

  it('tells watchers of the mark first, and last of what was stored', async () => {
    const version = versionOf((await connect().request('GET', motors.path)).body);
    const name = unique('held');
    await motors.create(motor({ name, finalizers: ['x/y'] }));
    const url = `${motors.path}/${name}`;
    await remove(url);
    const released = await connect().request('PATCH', url, {
      body: { metadata: { finalizers: null, labels: { a: 'b' } }, spec: { size: 9 } },
      contentType: 'application/merge-patch+json',
    });
    // The writer alone sees its last word.
    expect(metadataOf(released.body)).toMatchObject({ generation: 3, labels: { a: 'b' } });
    const watch = await connect().watch(`${motors.path}?watch=1&resourceVersion=${version}`);
    const seen: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { type, object } = await watch.next();
      const { generation, finalizers, labels } = metadataOf(object);
      seen.push([type, generation, finalizers, labels]);
    }
    watch.close();
    expect(seen).toEqual([
      ['ADDED', 1, ['x/y'], undefined],
      ['MODIFIED', 2, ['x/y'], undefined],
      ['DELETED', 2, ['x/y'], undefined],
    ]);
  });

  it('does nothing when what is held is deleted again', async () => {
    const object = await motors.created(undefined, { finalizers: ['x/y'] });
    const url = motors.urlOf(object);
    const first = await remove(url);
    const second = await remove(url, { gracePeriodSeconds: 0 });
    expect(versionOf(second.body)).toBe(versionOf(first.body));
  });

  it('shows what a deletion would do in a dry run', async () => {
    const object = await motors.created(undefined, { finalizers: ['x/y'] });
    const { body } = await remove(motors.urlOf(object), {
      propagationPolicy: 'Foreground',
      dryRun: ['All'],
    });
    expect(metadataOf(body)).toMatchObject({
      finalizers: ['x/y', 'foregroundDeletion'],
      generation: 2,
      resourceVersion: versionOf(object),
    });
    expect((await connect().request('GET', motors.urlOf(object))).body).toEqual(object);
  });

  const finalizers: [JsonMap, string[]][] = [
    [{ propagationPolicy: 'Orphan' }, ['x/y', 'orphan']],
    [{ propagationPolicy: 'Foreground' }, ['x/y', 'foregroundDeletion']],
    [{ propagationPolicy: 'Background' }, ['x/y']],
    [{ orphanDependents: true }, ['x/y', 'orphan']],
    [{ orphanDependents: false }, ['x/y']],
  ];
  it.each(finalizers)(
    'marks what becomes of dependents by a finalizer: %o',
    async (options, marks) => {
      const object = await motors.created(undefined, { finalizers: ['x/y'] });
      const { status, body } = await remove(motors.urlOf(object), options);
      expect(metadataOf(body)['finalizers']).toEqual(marks);
      expect(status).toBe(options['orphanDependents'] === false ? 202 : 200);
    },
  );

  const refusals: [string, number, string][] = [
    ['{', 400, "couldn't get version/kind; json parse error: unexpected end of JSON input"],
    [
      '{"propagationPolicy":5}',
      400,
      'json: cannot unmarshal number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation',
    ],
    [
      '{"gracePeriodSeconds":"x"}',
      400,
      'json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
    [
      '{"apiVersion":"v1","kind":"ConfigMap"}',
      400,
      'no kind "ConfigMap" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      '{"propagationPolicy":"x"}',
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      '{"orphanDependents":true,"propagationPolicy":"Orphan"}',
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      '{"dryRun":["x"]}',
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]: supported values: "All"',
    ],
  ];
  it.each(refusals)('refuses the options %s', async (body, code, message) => {
    const object = await motors.created();
    const answer = await connect().request('DELETE', motors.urlOf(object), { body });
    expect([answer.status, answer.body['message']]).toEqual([code, message]);
  });

  it('reads the options from the query of a request without a body alone', async () => {
    const object = await motors.created(undefined, { finalizers: ['x/y'] });
    const url = `${motors.urlOf(object)}?propagationPolicy=Orphan`;
    const withBody = await connect().request('DELETE', url, { body: { dryRun: ['All'] } });
    expect(metadataOf(withBody.body)['finalizers']).toEqual(['x/y']);
    expect(metadataOf((await remove(url)).body)['finalizers']).toEqual(['x/y', 'orphan']);
    const bad = await remove(`${motors.urlOf(object)}?gracePeriodSeconds=x`);
    expect([bad.status, bad.body['message']]).toEqual([
      400,
      'strconv.ParseInt: parsing "x": invalid syntax',
    ]);
  });

  it('answers the deletion of a collection with what it found', async () => {
    const label = unique('found');
    for (const name of [unique('a'), unique('b')]) {
      await motors.create(motor({ name, labels: { found: label }, finalizers: ['x/y'] }));
    }
    const selector = `labelSelector=found%3D${label}`;
    const before = await connect().request('GET', `${motors.path}?${selector}`);
    const { body } = await connect().request('DELETE', `${motors.path}?${selector}`);
    expect([body['kind'], body['items']]).toEqual(['MotorList', before.body['items']]);
    const after = await connect().request('GET', `${motors.path}?${selector}`);
    expect(namesOf(after.body)).toEqual(namesOf(before.body));
    const refused = await connect().request('DELETE', `${motors.path}?${selector}`, {
      body: { preconditions: { uid: 'other' } },
    });
    expect([refused.status, stringAt(refused.body, 'message')?.slice(0, 60)]).toEqual([
      409,
      `Operation cannot be fulfilled on Motor.${GROUP} "`.slice(0, 60),
    ]);
  });

  it('keeps the pods of a Job unless it is told otherwise, and warns of it', async () => {
    const name = unique('job');
    const jobs = pods.replace('/api/v1', '/apis/batch/v1').replace(/pods$/, 'jobs');
    const template = {
      spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] },
    };
    await connect().request('POST', jobs, {
      body: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } },
    });
    const { headers, body } = await remove(`${jobs}/${name}`);
    expect([body['kind'], metadataOf(body)['finalizers']]).toEqual(['Job', ['orphan']]);
    expect(headers['warning']).toContain(
      'child pods are preserved by default when jobs are deleted',
    );
    expect(mapAt(body, 'metadata')?.['deletionGracePeriodSeconds']).toBe(0);
  });
}
