import { systemClock, type Clock } from '@kindscope/informer';
import type { Rollout } from '@kindscope/protocol';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  crdPath,
  forbidden,
  startLiveCluster,
  widget,
  widgetCrd,
  widgetPath,
  widgets,
  type LiveCluster,
} from '../testing/live-cluster.ts';
import { createActivity } from '../timeline/activity.ts';
import { createChangeRecorder } from '../timeline/change-recorder.ts';
import { createMemoryChangeLog } from '../timeline/memory-change-log.ts';
import { createRevisionLog } from '../timeline/revision-log.ts';
import { createRolloutWatch, type RolloutWatch } from './rollout-watch.ts';

const log = pino({ level: 'silent' });
const web = { resource: widgets, namespace: 'default', name: 'web' };
const ready = { status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Fine' }] } };
const webPath = widgetPath('default', 'web');
const gadgetPath = '/apis/example.com/v1/namespaces/default/gadgets';
const gadgets = { ...widgets, resource: 'gadgets' };

/** Long: other tests run on this machine meanwhile. */
const until = <T>(check: () => T) => vi.waitFor(check, 8000);

let cluster: LiveCluster;
let deps: ReturnType<typeof follow>;
let watches: RolloutWatch[];
/** Where it is set, no time passes by the monotonic clock. */
let frozen: number | undefined;

const clock: Clock = { ...systemClock, monotonic: () => frozen ?? systemClock.monotonic() };

function follow() {
  const { catalog } = cluster;
  const changes = createMemoryChangeLog();
  const revisions = createRevisionLog();
  revisions.follow(changes);
  revisions.watch(catalog, clock);
  const recorder = createChangeRecorder({
    catalog,
    listKeys: () => undefined,
    changes,
    activity: createActivity({ clock }),
    clock,
    later: (task) => void setImmediate(task),
    log,
  });
  return { catalog, changes, revisions, clock, log, recorder };
}

beforeEach(async () => {
  frozen = undefined;
  watches = [];
  cluster = await startLiveCluster({
    lingerMs: 0,
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', crdPath, widgetCrd('gadgets'));
      await send('POST', widgetPath('default'), { ...widget('web'), ...ready });
    },
  });
  deps = follow();
  await catalogReady();
});
afterEach(async () => {
  for (const watch of watches) watch.close();
  deps.recorder.stop();
  await cluster.close();
});

function catalogReady(): Promise<void> {
  return until(() => expect(cluster.catalog.ready).toBe(true));
}

function open(): RolloutWatch {
  const opened = createRolloutWatch(deps, web);
  if (!opened.ok) throw new Error(opened.fault.detail);
  watches.push(opened.value);
  return opened.value;
}

/** What it shows once that passes. */
function shows<T>(watch: RolloutWatch, check: (rollout: Rollout) => T): Promise<T> {
  return until(() => {
    watch.take();
    return check(watch.state());
  });
}

async function settled(): Promise<RolloutWatch> {
  const watch = open();
  await until(() => expect(watch.settled).toBe(true));
  await shows(watch, ({ summary }) => expect(summary.state.kind).not.toBe('unknown'));
  return watch;
}

async function uidOf(path: string): Promise<string> {
  const { url, token } = cluster.api;
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { metadata: { uid: string } }).metadata.uid;
}

async function ownGadget(name: string): Promise<void> {
  const owner = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'web' };
  const ownerReferences = [{ ...owner, uid: await uidOf(webPath), controller: true }];
  const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget' };
  await cluster.send('POST', gadgetPath, { ...gadget, metadata: { name, ownerReferences } });
}

async function setReady(path: string, status: 'True' | 'False', reason: string): Promise<void> {
  const conditions = [{ type: 'Ready', status, reason }];
  await cluster.send('PATCH', path, { status: { conditions } });
}

/** Somebody looks at it from now on. */
async function keep(ref: typeof widgets): Promise<void> {
  const lease = cluster.catalog.open(ref, 'default');
  if (!lease.ok) throw new Error(lease.fault.detail);
  await until(() => expect(lease.value.source.freshness.kind).toBe('live'));
  await until(() => expect(deps.changes.coverage({ resources: [ref] })).toHaveLength(1));
}

const nodeOf = ({ nodes }: Rollout, name: string) => nodes.find((node) => node.name === name);
const wordsOf = (rollout: Rollout, name: string) =>
  nodeOf(rollout, name)?.bars.map(({ word }) => word);

describe('a rollout', { timeout: 20_000 }, () => {
  it('shows what is as it was also where nobody watched, and what is not from where it was found so', async () => {
    await ownGadget('same');
    await ownGadget('other');
    await setReady(`${gadgetPath}/other`, 'False', 'Early');
    const first = await settled();
    await shows(first, (rollout) => expect(wordsOf(rollout, 'other')).toEqual(['Early']));
    first.close();
    const opened = Date.now();
    await until(() => {
      const coverage = deps.changes.coverage({ resources: [widgets, gadgets] });
      expect(coverage.map(({ watched }) => watched)).toEqual([false, false]);
    });
    await setReady(`${gadgetPath}/other`, 'True', 'Late');
    const second = await settled();
    await until(() => {
      const coverage = deps.changes.coverage({ resources: [widgets, gadgets] });
      expect(coverage.map(({ watched }) => watched)).toEqual([true, true]);
    });
    await shows(second, (rollout) => {
      for (const name of ['web', 'same']) {
        const bars = nodeOf(rollout, name)?.bars ?? [];
        expect(bars).toHaveLength(1);
        expect(bars[0]?.from).toBeLessThan(opened);
      }
      const bars = nodeOf(rollout, 'other')?.bars ?? [];
      expect(bars.map(({ word }) => word)).toEqual(['Early', 'Ready']);
      expect(bars[0]?.to).toBeLessThan(bars[1]?.from ?? 0);
      expect(bars[1]?.from).toBeGreaterThan(opened);
    });
  });

  it('[W30] is the object and what it owns, and says what may be missing', async () => {
    cluster.intercept(({ segments }) =>
      segments.at(-1) === 'configmaps' ? forbidden() : undefined,
    );
    await ownGadget('one');
    const watch = await settled();
    await shows(watch, (rollout) => {
      expect(rollout.root).toBe(nodeOf(rollout, 'web')?.uid);
      expect(nodeOf(rollout, 'one')).toMatchObject({ kind: 'Gadget', parent: rollout.root });
      expect(nodeOf(rollout, 'one')).not.toHaveProperty('metadataOnly');
      expect(rollout.lacks).toMatchObject([
        { resource: { resource: 'configmaps' }, fault: { code: 'forbidden' } },
      ]);
    });
  });

  it('[W31] tells how a node was before anyone looked at its rollout, and since', async () => {
    await ownGadget('one');
    await keep(gadgets);
    await setReady(`${gadgetPath}/one`, 'False', 'Starting');
    await setReady(`${gadgetPath}/one`, 'True', 'Started');
    await until(() => expect(deps.changes.lastId).toBe(2));
    const watch = await settled();
    const before = await shows(watch, (rollout) => {
      const words = wordsOf(rollout, 'one') ?? [];
      expect(words).toHaveLength(3);
      expect(rollout.marks.map(({ id }) => id)).toEqual([1, 2]);
      return words;
    });
    await setReady(`${gadgetPath}/one`, 'False', 'Broken');
    await shows(watch, (rollout) => {
      const bars = nodeOf(rollout, 'one')?.bars ?? [];
      expect(bars.slice(0, 3).map(({ word }) => word)).toEqual(before);
      expect(bars).toHaveLength(4);
      expect(bars[2]?.to).toBe(bars[3]?.from);
      expect(bars[3]).not.toHaveProperty('to');
    });
    // Who comes now reads the same past.
    await shows(open(), (rollout) =>
      expect(nodeOf(rollout, 'one')?.bars).toEqual(nodeOf(watch.state(), 'one')?.bars),
    );
  });

  it('[W31] has no bar of a time in which nobody watched', async () => {
    await ownGadget('one');
    const opened = Date.now();
    await shows(await settled(), (rollout) => {
      expect(nodeOf(rollout, 'one')?.bars).toHaveLength(1);
      expect(nodeOf(rollout, 'one')?.bars[0]?.from).toBeGreaterThanOrEqual(opened);
    });
  });

  it('[W31] begins the bars of what is created with its creation', async () => {
    await ownGadget('first');
    const watch = await settled();
    await ownGadget('second');
    await shows(watch, (rollout) => {
      const node = nodeOf(rollout, 'second');
      const created = rollout.marks.find(({ uid }) => uid === node?.uid);
      expect(created?.classes).toEqual(['created']);
      expect(node?.bars[0]?.from).toBe(created?.at);
    });
  });

  it('[W32] keeps what is deleted, and finds again what was seen to go before', async () => {
    await ownGadget('one');
    const watch = await settled();
    await cluster.send('DELETE', `${gadgetPath}/one`);
    const gone = await shows(watch, (rollout) => {
      const node = nodeOf(rollout, 'one');
      expect(node?.deleted).toBeDefined();
      expect(node?.deleted).toBe(rollout.marks.at(-1)?.at);
      expect(node?.bars.at(-1)?.to).toBe(node?.deleted);
      return node;
    });
    await shows(await settled(), (rollout) => {
      expect(nodeOf(rollout, 'one')).toEqual(gone);
      expect(rollout.marks.map(({ classes }) => classes)).toEqual([['deleted']]);
    });
  });

  it('[W32] has what came and went between two looks', async () => {
    await ownGadget('one');
    const watch = await settled();
    await shows(watch, (rollout) => expect(nodeOf(rollout, 'one')?.metadataOnly).toBeUndefined());
    await ownGadget('two');
    await cluster.send('DELETE', `${gadgetPath}/two`);
    const logged = () => deps.changes.entries({ resources: [gadgets], name: 'two', limit: 10 });
    await until(() => expect(logged()).toHaveLength(2));
    await shows(watch, (rollout) => {
      const node = nodeOf(rollout, 'two');
      expect(node?.deleted).toBeDefined();
      const marks = rollout.marks.filter(({ uid }) => uid === node?.uid);
      expect(marks.map(({ classes }) => classes)).toEqual([['created'], ['deleted']]);
    });
  });

  it('[W32] removes what is no longer owned', async () => {
    await ownGadget('one');
    const watch = await settled();
    await cluster.send('PATCH', `${gadgetPath}/one`, { metadata: { ownerReferences: null } });
    await shows(watch, (rollout) => expect(nodeOf(rollout, 'one')).toBeUndefined());
  });

  it('[W32] says that the object is deleted, and begins anew with another of its name', async () => {
    const watch = await settled();
    const former = watch.state().root;
    await cluster.send('DELETE', webPath);
    await shows(watch, (rollout) => {
      expect(rollout).toMatchObject({ root: null, summary: { state: { kind: 'deleted' } } });
      expect(rollout.nodes.map(({ name }) => name)).toEqual(['web']);
    });
    await cluster.send('POST', widgetPath('default'), widget('web'));
    await shows(watch, (rollout) => {
      expect(rollout.root).not.toBeNull();
      expect(rollout.nodes.map(({ uid }) => uid)).toEqual([rollout.root]);
      expect(rollout.root).not.toBe(former);
    });
  });

  it('[W32] is that of an object that was seen to go, where there is none of its name', async () => {
    await keep(widgets);
    await cluster.send('DELETE', webPath);
    await until(() => expect(deps.changes.lastId).toBe(1));
    const watch = open();
    await until(() => expect(watch.settled).toBe(true));
    await shows(watch, (rollout) => {
      expect(rollout.root).toBeNull();
      expect(rollout.summary.state).toMatchObject({ kind: 'deleted' });
      expect(nodeOf(rollout, 'web')?.deleted).toBe(rollout.summary.state.since);
    });
  });

  it('[W34] is judged no more often than four times a second', async () => {
    const watch = await settled();
    frozen = systemClock.monotonic();
    watch.take();
    await setReady(webPath, 'False', 'Broken');
    await shows(watch, (rollout) => expect(nodeOf(rollout, 'web')?.health.status).toBe('working'));
    expect(watch.state().summary.state.kind).toBe('healthy');
    frozen += 2000;
    await shows(watch, ({ summary }) => expect(summary.state.kind).not.toBe('healthy'));
  });

  it('[W34] is not judged before all kinds have answered', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    cluster.intercept(async ({ segments }) => {
      if (segments.at(-1) === 'configmaps') await answered;
      return undefined;
    });
    const watch = open();
    await shows(watch, (rollout) => expect(nodeOf(rollout, 'web')?.health.status).toBe('healthy'));
    expect(watch.settled).toBe(false);
    expect(watch.state().summary.state.kind).toBe('unknown');
    answer();
    await shows(watch, ({ summary }) => expect(summary.state.kind).toBe('healthy'));
  });

  it('tells once what is new, and nothing where nothing is', async () => {
    const watch = await settled();
    watch.take();
    await until(() => expect(watch.take()).toBeUndefined());
    await ownGadget('one');
    const news = await until(() => {
      const taken = watch.take();
      expect(taken?.nodes.map(({ name }) => name)).toContain('one');
      return taken;
    });
    expect(news).not.toHaveProperty('lacks');
  });

  it('gives every watch up when it is closed', async () => {
    const watch = await settled();
    watch.close();
    await until(() => expect(cluster.catalog.informers().map((one) => one.viewers)).toEqual([1]));
  });
});
