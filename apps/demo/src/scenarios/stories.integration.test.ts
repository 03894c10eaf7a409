import { createFakeApiServer, type FakeApiServer } from '@kindscope/fake-apiserver';
import {
  conditionOf,
  countAt,
  listAt,
  managersOf,
  stringAt,
  valueAt,
  type JsonObject,
} from '@kindscope/kube';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, type Connection } from '../connection.ts';
import { controllers } from '../controllers/index.ts';
import { runController } from '../controllers/run-controller.ts';
import { gvrOf } from '../gvr.ts';
import { createErrorLog } from '../log.ts';
import { createReservations } from '../reservations.ts';
import { seed } from '../seed.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { film, scenes, type Film } from '../testing/film.ts';
import { runWorkloads } from '../workloads/index.ts';
import { createDirector, type Director } from './director.ts';
import { scenarios } from './index.ts';
import type { Scenario, Target } from './scenario.ts';

function target(apiVersion: string, resource: string, namespace: string, name: string) {
  return { gvr: gvrOf(apiVersion, resource), namespace, name };
}

/** What the stories change. */
const targets = {
  storefront: target('apps/v1', 'deployments', 'shop', 'storefront'),
  queryApi: target('apps/v1', 'deployments', 'search', 'query-api'),
  payments: target('gateway.example.net/v1', 'trafficsplits', 'shop', 'payments'),
  certificate: target('certs.example.org/v1', 'certificates', 'identity', 'auth-tls'),
  secret: target('v1', 'secrets', 'identity', 'auth-tls'),
  cart: target('apps.shop.example/v2', 'applications', 'shop', 'cart'),
  crd: {
    gvr: gvrOf('apiextensions.k8s.io/v1', 'customresourcedefinitions'),
    name: 'alertrules.monitoring.example.io',
  },
  rule: target('monitoring.example.io/v1beta1', 'alertrules', 'shop', 'checkout-errors'),
  route: target('gateway.example.net/v1', 'apiroutes', 'edge', 'images'),
} satisfies Record<string, Target>;

/** What is there only while its story is played. */
const canaryDeployment = target('apps/v1', 'deployments', 'shop', 'payments-canary');

type Name = keyof typeof targets;
const names = Object.keys(targets) as Name[];
type Each<T> = { readonly [name in Name]: T };

const upgradedRule = target('monitoring.example.io/v1', 'alertrules', 'shop', 'checkout-errors');

describe('the stories of the demo', { timeout: 60_000 }, () => {
  const clock = createFakeClock(Date.parse('2026-03-01T12:00:00Z'));
  const stopping = new AbortController();
  const { signal } = stopping;
  const complaints: string[] = [];
  let api: FakeApiServer;
  let connection: Connection;
  let director: Director;
  let films: Each<Film>;
  let canaryFilm: Film;
  let before: Each<JsonObject>;
  let after: Each<JsonObject>;
  let upgraded: JsonObject;

  // All of them at once: that they do not get in each other's way is a part of it.
  beforeAll(async () => {
    await setUp();
    before = await readAll();
    for (const scenario of scenarios) director.start(scenario);
    // No time passes until each has changed something.
    await vi.waitFor(
      () => {
        if (untouched().length > 0) throw new Error(`${untouched().join()} stayed as it was.`);
      },
      { timeout: 30_000 },
    );
    await passUntil(() => listAt(films.crd.frames.at(-1), 'spec', 'versions').some(isDeprecated));
    const { gvr, namespace, name } = upgradedRule;
    upgraded = await connection.client.get({ gvr, namespace, signal }, name);
    await passUntil(() => scenarios.every((it) => it.name === 'stuck-rollout' || isOver(it)));
    await passUntil(() => progressing(films.queryApi.frames.at(-1)) === 'False');
    director.end(named('stuck-rollout'));
    await passUntil(() => scenarios.every(isOver));
    after = await readAll();
  }, 180_000);

  afterAll(async () => {
    stopping.abort();
    await director.idle();
    await api.close();
    await connection.close();
  });

  async function setUp(): Promise<void> {
    const log = createErrorLog((line) => complaints.push(line));
    api = await createFakeApiServer({ token: 't', seed: 1, clock });
    connection = connect(api.url, 't', log);
    const { factory, client } = connection;
    await seed(client, { seed: 1, now: clock.now(), signal });
    const deps = { factory, client, clock, log, seed: 1, pace: 0 };
    const reserved = { people: createReservations(), controllers: createReservations() };
    const tended = { ...deps, reserved: reserved.controllers };
    const running = controllers.map((controller) => runController(controller, tended, signal));
    running.push(runWorkloads(deps, signal));
    let settled = false;
    void Promise.all(running.map((one) => one.settled)).then(() => (settled = true));
    await passUntil(() => settled);
    director = createDirector({ ...deps, ...reserved, scenarios }, signal);
    films = each((name) => film(factory, targets[name]));
    canaryFilm = film(factory, canaryDeployment);
    await passUntil(() => names.every((name) => films[name].frames.length > 0));
  }

  function each<T>(make: (name: Name) => T): Each<T> {
    return Object.fromEntries(names.map((name) => [name, make(name)])) as Each<T>;
  }

  async function readAll(): Promise<Each<JsonObject>> {
    const found = await Promise.all(
      names.map((name) => {
        const { gvr, namespace }: Target = targets[name];
        return connection.client.get({ gvr, namespace, signal }, targets[name].name);
      }),
    );
    return each((name) => found[names.indexOf(name)] ?? {});
  }

  /** What has not changed since the stories began; what changes in the middle of one is left out. */
  function untouched(): Name[] {
    return names.filter((name) => name !== 'secret' && name !== 'rule' && !hasChanged(name));
  }

  function hasChanged(name: Name): boolean {
    return versionOf(films[name].frames.at(-1)) !== versionOf(before[name]);
  }

  /** Lets time pass, a tenth of a second at a time, until that is so. */
  async function passUntil(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      clock.advance(100);
      // What is due now goes over real sockets.
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
  }

  function named(name: string): Scenario {
    return scenarios.find((it) => it.name === name) ?? expect.fail(`There is no ${name}.`);
  }

  const isOver = (scenario: Scenario) => director.standing(scenario).state !== 'running';

  it('all come to their end, and nothing complains', () => {
    for (const scenario of scenarios) {
      const { state, message } = director.standing(scenario);
      const early = scenario.name === 'stuck-rollout';
      expect([scenario.name, state, message]).toEqual([
        scenario.name,
        'done',
        early ? 'It was ended early.' : 'It has ended.',
      ]);
    }
    expect(complaints).toEqual([]);
  });

  it('are about different objects, so that any can be played beside the others', () => {
    const subjects = scenarios.flatMap((it) =>
      it.subjects.filter(({ name }) => name !== undefined),
    );
    const keys = subjects.map((it) => JSON.stringify(it));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leave every spec, label and annotation as they have found it', () => {
    for (const name of names) {
      if (name === 'secret') continue;
      expect([name, lasting(after[name])]).toEqual([name, lasting(before[name])]);
    }
  });

  it('rollout: a new image grows pod by pod until all run it, and goes again', () => {
    const told = scenes(films.storefront, (frame) => [imageOf(frame), updated(frame)]);
    const [first, next] = ['4.18.2', '4.19.0'].map((tag) => `registry.example/storefront:${tag}`);
    const images = told.map(([image]) => image);
    expect([...new Set(images)]).toEqual([first, next]);
    expect([images[0], images.at(-1)]).toEqual([first, first]);
    const counts = told.filter(([image]) => image === next).map(([, count]) => Number(count));
    const growth = counts.slice(counts.indexOf(0));
    expect(growth).toEqual(growth.toSorted((a, b) => a - b));
    expect([growth[0], growth.at(-1)]).toEqual([0, 6]);
    expect(growth.length).toBeGreaterThan(3);
    expect(managersAt(films.storefront, (frame) => imageOf(frame) === next)).toContain(
      'argocd-application-controller',
    );
    // Enough of the others serve all the while.
    const serving = films.storefront.frames.map((it) => countAt(it, 'status', 'availableReplicas'));
    expect(Math.min(...serving.map((count) => count ?? 0))).toBeGreaterThanOrEqual(6);
  });

  it('stuck-rollout: says that it makes no progress, serves on, and goes back when ended', () => {
    const told = scenes(films.queryApi, (frame) => [imageOf(frame).slice(-12), progressing(frame)]);
    expect(told).toContainEqual(['2.8.0-broken', 'False']);
    expect(told.at(-1)).toEqual([imageOf(before.queryApi).slice(-12), 'True']);
    const stuck = films.queryApi.frames.findLast((frame) => progressing(frame) === 'False');
    expect(conditionOf(stuck ?? {}, 'Progressing')?.reason).toBe('ProgressDeadlineExceeded');
    expect(countAt(stuck, 'status', 'availableReplicas')).toBe(4);
  });

  it('stuck-rollout: the pod and its Events say why', async () => {
    const events = await connection.client.list({ gvr: gvrOf('v1', 'events'), signal });
    const told = events.filter((event) => valueAt(event, 'metadata', 'namespace') === 'search');
    expect(told.map((event) => stringAt(event, 'message')).join('\n')).toContain('2.8.0-broken');
  });

  it('aborted-canary: more and more traffic, more and more errors, then none', () => {
    const told = scenes(films.payments, (frame) => [canaryWeight(frame), phaseOf(frame)]);
    expect(told.filter(([, phase]) => phase === 'Progressing').map(([weight]) => weight)).toEqual(
      expect.arrayContaining([5, 10, 25]),
    );
    expect(told.map(([weight]) => weight)).not.toContain(50);
    expect(told.slice(-2).map(([, phase]) => phase)).toEqual(['Aborted', 'Stable']);
    const aborted = films.payments.frames.findLast((frame) => phaseOf(frame) === 'Aborted');
    expect(conditionOf(aborted ?? {}, 'Stalled')).toMatchObject({
      status: 'True',
      reason: 'AnalysisFailed',
    });
    expect(managersAt(films.payments, (frame) => canaryWeight(frame) === 25)).toContain(
      'canary-controller',
    );
  });

  it('aborted-canary: its pods belong to the split, are scaled down, and go', async () => {
    const counts = canaryFilm.frames.map((it) => countAt(it, 'spec', 'replicas'));
    expect([...new Set(counts)]).toEqual([2, 0]);
    const ready = canaryFilm.frames.map((it) => countAt(it, 'status', 'readyReplicas') ?? 0);
    expect(Math.max(...ready)).toBe(2);
    const [owner] = listAt(canaryFilm.frames[0], 'metadata', 'ownerReferences');
    expect(valueAt(owner, 'uid')).toBe(valueAt(before.payments, 'metadata', 'uid'));
    const there = await connection.client.list({ gvr: targets.storefront.gvr, signal });
    expect(there.map((it) => stringAt(it, 'metadata', 'name'))).not.toContain('payments-canary');
    const events = await connection.client.list({ gvr: gvrOf('v1', 'events'), signal });
    const told = events.filter((it) => stringAt(it, 'involvedObject', 'name') === 'payments');
    expect(told.map((it) => [stringAt(it, 'type'), stringAt(it, 'reason')])).toEqual([
      ['Normal', 'CanaryStarted'],
      ['Warning', 'CanaryAborted'],
    ]);
  });

  it('certificate-renewal: asked for, refused, expired, asked for again, issued', () => {
    const told = scenes(films.certificate, (frame) => [
      conditionOf(frame, 'Ready')?.reason,
      conditionOf(frame, 'Issuing')?.reason,
      conditionOf(frame, 'Ready')?.status,
    ]);
    expect(told).toEqual([
      ['Issued', 'Issued', 'True'],
      ['Issued', 'Renewing', 'True'],
      ['Issued', 'RateLimited', 'True'],
      ['Expired', 'RateLimited', 'False'],
      ['Expired', 'Retrying', 'False'],
      ['Issued', 'Issued', 'True'],
    ]);
    const revision = (object: JsonObject) => countAt(object, 'status', 'revision') ?? 0;
    expect(revision(after.certificate)).toBe(revision(before.certificate) + 1);
    expect(scenes(films.secret, (frame) => valueAt(frame, 'data', 'tls.key'))).toHaveLength(2);
    expect(managersOf(after.secret).map(({ manager }) => manager)).toEqual(['cert-controller']);
  });

  it('certificate-renewal: what happens is told in Events, too', async () => {
    const events = await connection.client.list({ gvr: gvrOf('v1', 'events'), signal });
    const told = events.filter((it) => stringAt(it, 'involvedObject', 'name') === 'auth-tls');
    expect(told.map((it) => [stringAt(it, 'type'), stringAt(it, 'reason')])).toEqual([
      ['Warning', 'RateLimited'],
      ['Warning', 'Expired'],
      ['Normal', 'Issued'],
    ]);
  });

  it('field-fight: the field goes to and fro, each time in the name of who sets it', () => {
    const told = scenes(films.cart, (frame) => [countAt(frame, 'spec', 'replicas'), owner(frame)]);
    const wanted = countAt(before.cart, 'spec', 'replicas') ?? 0;
    const argocd = [wanted, 'argocd-application-controller'];
    const hpa = [wanted + 3, 'hpa'];
    const turns = Array.from({ length: 10 }, () => [hpa, argocd]);
    expect(told).toEqual([argocd, ...turns.flat()]);
  });

  it('crd-upgrade: beside, stored, rewritten, deprecated, not served, and all the way back', () => {
    const told = scenes(films.crd, (frame) => [
      ...listAt(frame, 'spec', 'versions').map((version) =>
        [
          stringAt(version, 'name'),
          valueAt(version, 'storage') === true && 'stored',
          isDeprecated(version) && 'deprecated',
          valueAt(version, 'served') === false && 'not served',
        ]
          .filter((mark) => mark !== false)
          .join(' '),
      ),
      listAt(frame, 'status', 'storedVersions').map(String).join(' '),
    ]);
    // The server notes the new stored version by itself, at once or a moment later.
    const chapters = told.filter(
      (scene, index) => scene.slice(0, -1).join() !== told[index + 1]?.slice(0, -1).join(),
    );
    expect(chapters).toEqual([
      ['v1beta1 stored', 'v1beta1'],
      ['v1', 'v1beta1 stored', 'v1beta1'],
      ['v1 stored', 'v1beta1', 'v1'],
      ['v1 stored', 'v1beta1 deprecated', 'v1'],
      ['v1 stored', 'v1beta1 deprecated not served', 'v1'],
      ['v1', 'v1beta1 stored', 'v1beta1'],
      ['v1beta1 stored', 'v1beta1'],
    ]);
    expect(valueAt(upgraded, 'metadata', 'annotations')).toEqual({
      'monitoring.example.io/migrated-to': 'v1',
    });
    expect(versionOf(upgraded)).not.toBe(versionOf(before.rule));
  });

  it('noisy-controller: many writes of next to nothing, and the old values at the end', () => {
    expect(films.route.frames.length).toBeGreaterThan(100);
    const managers = managersAt(films.route, () => true);
    expect(managers).toContain('latency-exporter');
    expect(valueAt(after.route, 'status')).toEqual(valueAt(before.route, 'status'));
    expect(managersOf(after.route).map(({ manager }) => manager)).not.toContain('latency-exporter');
  });

  it('can each be ended in the middle, and put back what they had changed', async () => {
    const from = await readAll();
    const beginning = clock.now();
    for (const scenario of scenarios) expect(director.start(scenario)).toBe('started');
    await passUntil(() => clock.now() > beginning + 22_000);
    for (const scenario of scenarios) director.end(scenario);
    await passUntil(() => scenarios.every(isOver));
    const states = scenarios.map((scenario) => director.standing(scenario));
    expect(states.map(({ message }) => message)).toEqual(
      scenarios.map(() => 'It was ended early.'),
    );
    const now = await readAll();
    for (const name of names) {
      if (name === 'secret') continue;
      expect([name, lasting(now[name])]).toEqual([name, lasting(from[name])]);
    }
    expect(conditionOf(now.certificate, 'Ready')?.status).toBe('True');
    expect(phaseOf(now.payments)).toBe('Stable');
  });
});

/** What is the same before and after a story. */
function lasting(object: JsonObject): unknown {
  const annotations = { ...(valueAt(object, 'metadata', 'annotations') as JsonObject | undefined) };
  // The Deployment controller counts on.
  delete (annotations as Record<string, unknown>)['deployment.kubernetes.io/revision'];
  const labels = valueAt(object, 'metadata', 'labels');
  return { labels, annotations, spec: valueAt(object, 'spec') };
}

function managersAt({ frames }: Film, where: (frame: JsonObject) => boolean): Set<string> {
  return new Set(
    frames.filter(where).flatMap((it) => managersOf(it).map(({ manager }) => manager)),
  );
}

/** Who owns `spec.replicas`. */
function owner(object: JsonObject): string | undefined {
  const entries = listAt(object, 'metadata', 'managedFields');
  const owning = entries.find(
    (entry) => valueAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined,
  );
  return stringAt(owning, 'manager');
}

function versionOf(object: JsonObject | undefined): string | undefined {
  return stringAt(object, 'metadata', 'resourceVersion');
}

function imageOf(deployment: JsonObject): string {
  const [container] = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  return stringAt(container, 'image') ?? '';
}

function updated(deployment: JsonObject): number {
  return countAt(deployment, 'status', 'updatedReplicas') ?? 0;
}

function progressing(deployment: JsonObject | undefined): string | undefined {
  return conditionOf(deployment ?? {}, 'Progressing')?.status;
}

function canaryWeight(split: JsonObject): number | undefined {
  const backends = listAt(split, 'spec', 'backends');
  return countAt(
    backends.find((it) => stringAt(it, 'name') === 'canary'),
    'weight',
  );
}

function phaseOf(split: JsonObject): string | undefined {
  return stringAt(split, 'status', 'phase');
}

function isDeprecated(version: Parameters<typeof valueAt>[0]): boolean {
  return valueAt(version, 'deprecated') === true;
}
