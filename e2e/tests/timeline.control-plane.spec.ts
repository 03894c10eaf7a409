import type { Change, ChangeList } from '@kindscope/protocol';
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

  for (const recorder of recorders) recorder.stop();
  proxy.stop();
  await app.close();
  await run('delete', 'namespace', namespace, '--wait=false');
  for (const { gvr } of resources) await unpin(kindscope, gvr);
});

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
