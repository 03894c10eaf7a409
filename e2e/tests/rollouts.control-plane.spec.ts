import type { ChangeList, Rollout, RolloutNode } from '@kindscope/protocol';
import type { startRealCluster } from '../fixtures/clusters.ts';
import type { Kindscope } from '../fixtures/kindscope.ts';
import { demoResources, startDemoOperator } from '../fixtures/rollout-demo.ts';
import type { RolloutFollower } from '../fixtures/rollout-follower.ts';
import { readLanes, rolloutPath, unfoldAll, type ShownLane } from '../fixtures/rollout-page.ts';
import { demoStory, stories, type Moment, type Story } from '../fixtures/rollout-stories.ts';
import { openTheatre, type Take } from '../fixtures/rollout-theatre.ts';
import { expect, test } from '../fixtures/test.ts';
import type { RecordedEvent, RecordedObject } from '../fixtures/watch-recorder.ts';

type RealCluster = Awaited<ReturnType<typeof startRealCluster>>;

const kinds = [
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'pods',
  'events',
  'rollouts.argoproj.io',
  ...demoResources,
];
const demoNamespace = 'rollout-demo';
const demoTitle = 'an application of the demo';
const titles = [...Object.keys(stories), demoTitle];

/** By title: all of them are played at once, before the first test. */
const takes = new Map<string, Take>();
const ends: (() => unknown)[] = [];

test.beforeAll(async ({ cluster, kindscope }) => {
  test.setTimeout(180_000);
  const { kubectl, kubeconfig } = cluster as RealCluster;
  const operator = await startDemoOperator(kubectl, kubeconfig, demoNamespace);
  ends.push(() => operator.stop());
  const theatre = openTheatre({ kubectl, kubeconfig, kindscope }, kinds);
  ends.push(() => theatre.close());
  const played: Record<string, Story> = {
    ...stories,
    [demoTitle]: demoStory(demoNamespace, () => operator.createApplication()),
  };
  const results = await theatre.play(Object.values(played));
  for (const [index, title] of Object.keys(played).entries()) {
    const take = results[index];
    if (take !== undefined) takes.set(title, take);
    ends.push(() => take?.follower.close());
  }
});
test.afterAll(async () => {
  for (const end of ends) await end();
});

for (const title of titles) {
  test.describe(title, () => {
    test('has a lane for each object that kubectl recorded and it owns', () => {
      const { recorded, follower } = takeOf(title);
      const nodes = follower.nodes();
      const owned = recorded.filter(({ object }) => ownersOf(object).some((uid) => nodes.has(uid)));
      expect(
        owned.filter(({ uid }) => !nodes.has(uid)).map(({ kind, name }) => [kind, name]),
      ).toEqual([]);
    });

    test('has each step that kubectl recorded on its lane, in order', async ({ kindscope }) => {
      const take = takeOf(title);
      const versions = await versionsById(kindscope, take);
      const objects = objectsOf(take);
      expect(objects.size).toBeGreaterThan(0);
      for (const [uid, events] of objects) {
        const recorded = events.map(({ resourceVersion }) => resourceVersion);
        const lane = take.follower
          .marks(uid)
          .map(({ id }) => versions.get(id) ?? '')
          .filter((version) => recorded.includes(version));
        const unseen = events.filter(
          (event) => isBeforeWatched(take, event) && !lane.includes(event.resourceVersion),
        );
        expect(lane, `${events[0]?.kind} ${events[0]?.name}`).toEqual(
          recorded.slice(unseen.length),
        );
      }
    });

    test('has every Event of its objects, as often as it was seen', () => {
      const { recorded, follower } = takeOf(title);
      const told = new Map(follower.events().map((event) => [event.uid, event]));
      const nodes = follower.nodes();
      for (const event of recorded.filter(({ kind }) => kind === 'Event')) {
        const { involvedObject, reason, count } = event.object as unknown as CoreEvent;
        if (!nodes.has(involvedObject.uid)) continue;
        const one = told.get(event.uid);
        expect(one, reason).toMatchObject({ about: involvedObject.uid, reason });
        expect(one?.count, reason).toBeGreaterThanOrEqual(count ?? 1);
      }
    });

    test('is said to be what it is within 5 s, and never stuck before it is', async ({
      kindscope,
    }) => {
      const take = takeOf(title);
      const { moments } = take.story;
      const heard = moments.map((moment) => hear(take, moment));
      expect(heard).toEqual(moments.map(() => 'in time'));
      const bad = moments.find(({ state }) => isBad(state));
      const until = bad === undefined ? Infinity : firstAt(take, bad);
      const early = take.follower
        .said()
        .filter(({ at }) => at >= take.begun && at < until)
        .filter(({ state, findings }) => isBad(state.kind) || findings.some(isStuck))
        // kubectl may be late: what is right is not early.
        .filter(({ findings: [first] }) => bad?.sentence?.test(first?.sentence ?? '') !== true)
        .map(({ at, state, findings }) => [at - take.begun, state, findings[0]?.sentence]);
      expect(early).toEqual([]);
      const { summary, findings } = await rolloutOf(kindscope, take);
      expect(summary.state.kind).toBe(moments.at(-1)?.state);
      expect(findings[0]?.sentence ?? '').toMatch(moments.at(-1)?.sentence ?? /^/);
    });

    test('is shown on its page as its stream tells it', async ({ app }) => {
      const { story, follower } = takeOf(title);
      await app.setViewportSize({ width: 1440, height: 1800 });
      await app.goto(`${rolloutPath(story.target)}?span=15m`);
      await expect(app.getByLabel('Freshness')).toContainText('Live');
      const { state, findings } = follower.now();
      const pill = app.getByRole('status', { name: 'State', exact: true });
      await expect(pill).toHaveText(new RegExp(`^${state.kind} since`));
      const sentence = findings[0]?.sentence ?? 'Nothing is stuck';
      await expect(app.getByRole('main').getByText(sentence).first()).toBeVisible();
      await unfoldAll(app);
      const told = () => byName(nodesOf(follower).map((node) => toldLane(follower, node)));
      const shown = async () =>
        byName((await readLanes(app)).map((lane) => ({ ...lane, marks: undefined })));
      await expect(async () => expect(await shown()).toEqual(told())).toPass({ timeout: 15_000 });
      // From left to right as they happened, each on one lane.
      const order = nodesOf(follower).map(({ uid }) => follower.marks(uid).map(({ id }) => id));
      for (const { kind, name, marks } of await readLanes(app)) {
        const lane = order.find((ids) => marks.every((id) => ids.includes(id))) ?? [];
        expect(marks, `${kind} ${name}`).toEqual(lane.filter((id) => marks.includes(id)));
      }
    });
  });
}

interface CoreEvent {
  readonly involvedObject: { readonly uid: string };
  readonly reason: string;
  readonly count?: number | null;
}

function takeOf(title: string): Take {
  const take = takes.get(title);
  if (take === undefined) throw new Error(`${title} was not played.`);
  return take;
}

function firstAt({ recorded }: Take, { evidence }: Moment): number {
  return recorded.find(evidence)?.at ?? Infinity;
}

/** Whether what has to be said was said, no later than 5 s after the evidence. */
function hear(take: Take, moment: Moment): string {
  const { state, sentence } = moment;
  const evidence = firstAt(take, moment);
  const said = take.follower.said();
  // Also what had been said before, and still held.
  const answer = said.find(
    ({ state: { kind }, findings }, index) =>
      (said[index + 1]?.at ?? Infinity) > evidence &&
      kind === state &&
      (sentence?.test(findings[0]?.sentence ?? '') ?? !findings.some(isStuck)),
  );
  const late = (answer?.at ?? Infinity) - evidence;
  if (late <= 5000) return 'in time';
  const heard = said.map(
    ({ at, state: { kind }, findings: [first] }) =>
      `${at - evidence} ms: ${kind}, ${first?.severity}: ${first?.sentence}`,
  );
  return `${state} after ${late} ms; ${heard.join('\n')}`;
}

function isBad(kind: string): boolean {
  return kind === 'stuck' || kind === 'failed';
}

function isStuck({ severity }: { readonly severity: string }): boolean {
  return severity === 'stuck';
}

/** What was recorded of each object of the tree, Events left out. */
function objectsOf({ recorded, follower }: Take): Map<string, RecordedEvent[]> {
  const nodes = follower.nodes();
  const objects = recorded.filter(({ kind, uid }) => kind !== 'Event' && nodes.has(uid));
  return Map.groupBy(objects, ({ uid }) => uid);
}

function ownersOf({ metadata }: RecordedObject): string[] {
  return (metadata.ownerReferences ?? []).map(({ uid }) => uid);
}

/** Whole objects of a kind are watched once the tree has one: the first moments of the first ones are not seen. */
function isBeforeWatched({ kinds, recorded }: Take, { kind, at }: RecordedEvent): boolean {
  const first = recorded.find((event) => event.kind === kind)?.at ?? at;
  return !kinds.has(kind) && at - first < 5000;
}

function nodesOf(follower: RolloutFollower): RolloutNode[] {
  return [...follower.nodes().values()];
}

/** What its lane has to show: each change that is no heartbeat, its creation and its end. */
function toldLane(follower: RolloutFollower, node: RolloutNode): Omit<ShownLane, 'marks'> {
  const { uid, kind, name, bars, deleted } = node;
  const classes = follower.marks(uid).map((mark) => mark.classes);
  const changes = classes.filter((of) => of.some((one) => one !== 'heartbeat')).length;
  const has = (...names: string[]) => classes.some((of) => of.some((one) => names.includes(one)));
  const unseen = [!has('created', 'recreated'), deleted !== undefined && !has('deleted')];
  return {
    kind,
    name,
    words: bars.map(({ word }) => word),
    changes: changes + unseen.filter(Boolean).length,
  };
}

/** Pods of a StatefulSet have the same name one after the other. */
function byName(lanes: readonly Omit<ShownLane, 'marks'>[]): Omit<ShownLane, 'marks'>[] {
  const key = ({ kind, name, words }: Omit<ShownLane, 'marks'>): string =>
    [kind, name, ...words].join(' ');
  return lanes.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function ask<Body>(server: Kindscope, path: string): Promise<Body> {
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.origin}/api/v1/${path}`, { headers });
  expect(answer.ok, path).toBe(true);
  return (await answer.json()) as Body;
}

function rolloutOf(server: Kindscope, { story }: Take): Promise<Rollout> {
  const { resource, namespace, name } = story.target;
  return ask(server, `resources/${resource}/objects/${namespace}/${name}/rollout?wait=10`);
}

/** The version that each change of the log led to. */
async function versionsById(server: Kindscope, { story, follower }: Take) {
  const resources = new Set(
    [...follower.nodes().values()].map(
      ({ resource: { group, version, resource } }) => `${group || 'core'}/${version}/${resource}`,
    ),
  );
  const of = [...resources].map((resource) => `resource=${resource}`).join('&');
  const path = `changes?${of}&namespace=${story.target.namespace}&limit=1000`;
  const { items } = await ask<ChangeList>(server, path);
  return new Map(items.map(({ id, to }) => [id, to]));
}
