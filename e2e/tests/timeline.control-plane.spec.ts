import type { Change, ChangeClass, ChangeList } from '@kindscope/protocol';
import type { Page } from '@playwright/test';
import type { startRealCluster } from '../fixtures/clusters.ts';
import { startKubectlProxy } from '../fixtures/kubectl-proxy.ts';
import { runToEnd } from '../fixtures/kubectl.ts';
import {
  createEdits,
  editedCrds,
  editedResources,
  type ExpectedChange,
} from '../fixtures/seeded-edits.ts';
import { expect, test } from '../fixtures/test.ts';
import { readTable, timelineKeys, type TimelineRow } from '../fixtures/timeline-page.ts';
import { recordWatch, type RecordedEvent } from '../fixtures/watch-recorder.ts';

type RealCluster = Awaited<ReturnType<typeof startRealCluster>>;

const group = 'timeline.e2e.example.com';
const namespace = 'timeline-e2e';
const edits = 1000;

test('every one of a thousand changes that kubectl saw is on the timeline, and nothing else', async ({
  app,
  cluster,
  kindscope,
}) => {
  test.setTimeout(240_000);
  const { kubectl, kubeconfig, editor } = cluster as RealCluster;
  await editor.apply(editedCrds(group));
  await editor.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const run = (...args: string[]) =>
    runToEnd(kubectl, ['--kubeconfig', kubeconfig, ...args], undefined);
  await run('wait', '--for=condition=Established', 'crd', `widgets.${group}`, `gadgets.${group}`);
  const proxy = await startKubectlProxy(kubectl, kubeconfig);
  const script = createEdits(proxy, group, namespace, 20_261_122);
  await script.begin();

  const resources = editedResources(group);
  for (const { gvr } of resources) await pin(kindscope, gvr);
  const recorders = resources.map(({ kubectl: resource }) =>
    recordWatch(kubectl, { kubeconfig, namespace, resource }),
  );
  const recorded = () => recorders.flatMap((recorder) => recorder.events());
  await expect.poll(() => recorded().length).toBeGreaterThanOrEqual(50);
  const begun = new Set(recorded().map(idOf));
  const made: ExpectedChange[] = [];
  while (made.length < edits) made.push(await script.next());
  const news = () => recorded().filter((event) => !begun.has(idOf(event)));
  await expect.poll(() => news().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(edits);

  const logged = () =>
    changesOf(
      kindscope,
      resources.map(({ gvr }) => gvr),
    );
  await expect.poll(async () => (await logged()).length).toBe(news().length);
  const seen = await logged();
  // Each once, each object's in the order in which they happened, and nothing that nobody recorded.
  expect(byObject(seen.map(idOfChange))).toEqual(byObject(news().map(idOf)));
  const byVersion = new Map(seen.map((change) => [idOfChange(change), change]));
  const wrong = made
    .filter(({ resourceVersion }) => resourceVersion !== undefined)
    .map((one) => ({ one, as: byVersion.get(`${one.kind} ${one.name} ${one.resourceVersion}`) }))
    .filter(({ one, as }) => as === undefined || !isAsExpected(one, as));
  expect(wrong).toEqual([]);
  expect(seen.filter(({ classes }) => classes[0] === 'deleted')).toHaveLength(
    made.filter(({ shown }) => shown === 'deleted').length,
  );

  // The page says the same: the table, the line of counts, and the lanes.
  const kinds = resources.map(({ gvr }) => gvr).join(',');
  const address = `/timeline?namespace=${namespace}&kinds=${encodeURIComponent(kinds)}&span=1h`;
  const shown = made.filter((one) => one.shown !== 'heartbeat');
  const beats = made.length - shown.length;
  const lives = new Set(seen.filter(({ classes }) => classes[0] !== 'heartbeat').map(lifeOf));
  const counts = (more: number) =>
    new RegExp(
      `^${wholeNumber(shown.length + more)} changes of ${lives.size + more} objects in view · ${beats} heartbeats folded$`,
    );
  await app.goto(`${address}&view=table`);
  await expect(app.getByLabel('Counts')).toHaveText(counts(0));
  const rows = await readTable(app);
  expect(rows).toHaveLength(shown.length);
  expect(byLane(rows.toReversed())).toEqual(byLane(shown.map(rowOf)));
  expect(rows.map(({ time }) => time)).toEqual(
    rows.map(({ time }) => time).toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
  );
  await app.goto(address);
  await expect(app.getByLabel('Counts')).toHaveText(counts(0));
  await checkLanes(app, rows);

  // A restarted API server adds nothing that did not happen: four objects are created, that is all.
  await app.goto(`${address}&view=table`);
  await cluster.stopApiServer();
  await expect(app.getByLabel('Freshness')).toContainText('Stale since');
  await cluster.startApiServer();
  await expect(app.getByLabel('Freshness')).toContainText('Live', { timeout: 30_000 });
  await editor.apply(newcomers);
  await expect(app.getByLabel('Counts')).toHaveText(counts(newcomers.length), { timeout: 20_000 });
  const created = app.getByRole('row').filter({ hasText: 'newcomer-' });
  await expect(created).toHaveCount(newcomers.length);
  const after = await readTable(app);
  expect(after.slice(newcomers.length)).toEqual(rows);

  for (const recorder of recorders) recorder.stop();
  proxy.stop();
  await app.close();
  await run('delete', 'namespace', namespace, '--wait=false');
  for (const { gvr } of resources) await unpin(kindscope, gvr);
});

/** One of each kind, so that each informer has something to say. */
const newcomers = [
  { apiVersion: `${group}/v1`, kind: 'Widget' },
  { apiVersion: `${group}/v1`, kind: 'Gadget' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
].map((type) => ({
  ...type,
  metadata: { name: `newcomer-${type.kind.toLowerCase()}`, namespace },
}));

/** As the page says them. */
const classWords: Record<ChangeClass, string> = {
  deleted: 'Deleted',
  recreated: 'Created anew',
  created: 'Created',
  deleting: 'Deletion asked for',
  spec: 'Spec',
  condition: 'Condition',
  metadata: 'Labels, annotations',
  status: 'Status',
  heartbeat: 'Heartbeat',
};

/** Each object has its lane, and the last of them all its marks: as the keys find them and the page says them. */
async function checkLanes(page: Page, rows: readonly TimelineRow[]): Promise<void> {
  const lanes = Object.keys(byLane(rows));
  const keys = timelineKeys(page);
  const heard = (await keys.walk('ArrowDown', lanes.length)).map(laneOfSentence);
  expect(heard.toSorted()).toEqual(lanes.toSorted());
  expect(await keys.goesOn('ArrowDown')).toBe(false);

  const own = rows.filter(({ kind, name }) => `${kind} ${name}` === heard.at(-1));
  while (await keys.goesOn('ArrowRight'));
  const newest = await keys.now();
  const marks = [newest, ...(await keys.walk('ArrowLeft', own.length - 1))];
  const classes = marks.map((sentence) => sentence.slice(sentence.indexOf(', ') + 2));
  expect(classes).toEqual(own.map(({ shown }) => expect.stringMatching(new RegExp(`^${shown}, `))));
  expect(await keys.goesOn('ArrowLeft')).toBe(false);
}

/** `Widget widget-0 in timeline-e2e, Spec, at …` */
function laneOfSentence(sentence: string): string {
  return sentence.slice(0, sentence.indexOf(` in ${namespace},`));
}

function rowOf({ kind, name, shown, manager = '' }: ExpectedChange): Omit<TimelineRow, 'time'> {
  return { kind, name, shown: classWords[shown], manager };
}

/** What is said of each object, in the order of the rows; who deleted it the script does not know. */
function byLane(rows: readonly Omit<TimelineRow, 'time'>[]): Record<string, string[]> {
  const lanes: Record<string, string[]> = {};
  for (const { kind, name, shown, manager } of rows) {
    const said = shown === classWords.deleted ? shown : `${shown} by ${manager}`;
    (lanes[`${kind} ${name}`] ??= []).push(said);
  }
  return lanes;
}

function lifeOf({ resource, namespace, name, uid }: Change): string {
  return `${resource.group}/${resource.resource} ${namespace}/${name} ${uid}`;
}

function wholeNumber(value: number): string {
  return value.toLocaleString('en-GB');
}

interface Server {
  readonly origin: string;
  readonly token: string;
}

async function ask(server: Server, path: string, method = 'GET'): Promise<Response> {
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.origin}/api/v1/${path}`, { method, headers });
  expect(answer.ok, `${method} ${path}`).toBe(true);
  return answer;
}

/** Watched, and its first list read. */
async function pin(server: Server, gvr: string): Promise<void> {
  await ask(server, `watching/${gvr}`, 'PUT');
  await ask(server, `resources/${gvr}/objects?limit=1`);
}

async function unpin(server: Server, gvr: string): Promise<void> {
  await ask(server, `watching/${gvr}`, 'DELETE');
}

/** Oldest first. */
async function changesOf(server: Server, gvrs: readonly string[]): Promise<Change[]> {
  const of = gvrs.map((gvr) => `resource=${gvr}`).join('&');
  const found: Change[] = [];
  let next: string | undefined = '';
  while (next !== undefined) {
    const page = next === '' ? '' : `&continue=${next}`;
    const answer = await ask(server, `changes?${of}&namespace=${namespace}&limit=1000${page}`);
    const list = (await answer.json()) as ChangeList;
    found.push(...list.items);
    next = list.continue;
  }
  return found.reverse();
}

function idOf({ kind, name, resourceVersion }: RecordedEvent): string {
  return `${kind} ${name} ${resourceVersion}`;
}

function idOfChange({ kind, name, to }: Change): string {
  return `${kind} ${name} ${to}`;
}

/** The versions of each object, in order. */
function byObject(ids: readonly string[]): Record<string, string[]> {
  const objects: Record<string, string[]> = {};
  for (const id of ids) {
    const object = id.slice(0, id.lastIndexOf(' '));
    (objects[object] ??= []).push(id);
  }
  return Object.fromEntries(Object.entries(objects).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isAsExpected(one: ExpectedChange, { classes, fields, managers }: Change): boolean {
  const { path } = one;
  const isShown = classes[0] === one.shown;
  // A part that is new as a whole is one change at its own path.
  const isThere =
    path === undefined ||
    fields.some((field) => field.path.startsWith(path) || path.startsWith(field.path));
  return isShown && isThere && managers[0]?.manager === one.manager;
}
