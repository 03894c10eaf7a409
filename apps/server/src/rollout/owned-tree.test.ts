import { systemClock } from '@kindscope/informer';
import pino from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import {
  crdPath,
  startLiveCluster,
  widget,
  widgetCrd,
  widgetPath,
  widgets,
  type LiveCluster,
  type LiveClusterOptions,
} from '../testing/live-cluster.ts';
import { createOwnedTree, type OwnedTree, type TreeObject } from './owned-tree.ts';

let cluster: LiveCluster;
let tree: OwnedTree | undefined;
afterEach(async () => {
  tree?.close();
  await cluster.close();
});

const configMaps = '/api/v1/namespaces/default/configmaps';
const gadgetPath = '/apis/example.com/v1/namespaces/default/gadgets';
const web: TreeObject = { resource: widgets, namespace: 'default', name: 'web' };

async function start(options: LiveClusterOptions = {}): Promise<void> {
  cluster = await startLiveCluster({
    lingerMs: 0,
    ...options,
    async prepare(send) {
      await send('POST', crdPath, widgetCrd());
      await send('POST', crdPath, widgetCrd('gadgets'));
      await send('POST', widgetPath('default'), widget('web'));
      await options.prepare?.(send);
    },
  });
  await vi.waitFor(() => expect(cluster.catalog.ready).toBe(true));
}

function grow(object: TreeObject = web): OwnedTree {
  const log = pino({ level: 'silent' });
  const grown = createOwnedTree({ catalog: cluster.catalog, clock: systemClock, log }, object);
  if (!grown.ok) throw new Error(grown.fault.detail);
  tree = grown.value;
  return tree;
}

/** As the server has it now. */
async function uidOf(path: string): Promise<string> {
  const { url, token } = cluster.api;
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const { metadata } = (await response.json()) as { metadata: { uid: string } };
  return metadata.uid;
}

/** The metadata of what an object of kind Widget or Gadget owns. */
async function ownedBy(path: string, name: string) {
  const kind = path.includes('widgets') ? 'Widget' : 'Gadget';
  const owner = path.split('/').at(-1) ?? '';
  const reference = { apiVersion: 'example.com/v1', kind, name: owner, uid: await uidOf(path) };
  return { name, ownerReferences: [{ ...reference, controller: true }] };
}

const isSettled = (one: OwnedTree) => vi.waitFor(() => expect(one.settled).toBe(true));

function shape(one: OwnedTree): string[] {
  const nodes = [...one.nodes()];
  const nameOf = (uid: string | undefined) =>
    nodes.find((node) => node.uid === uid)?.handle.name ?? '-';
  return nodes
    .map(({ parent, handle, resource, metadataOnly }) => {
      const whole = metadataOnly ? ' (metadata)' : '';
      return `${nameOf(parent)} > ${resource.resource}/${handle.name}${whole}`;
    })
    .sort();
}

async function ownGadgets(): Promise<void> {
  const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget' };
  await cluster.send('POST', gadgetPath, {
    ...gadget,
    metadata: await ownedBy(widgetPath('default', 'web'), 'g'),
  });
  await cluster.send('POST', configMaps, { metadata: await ownedBy(`${gadgetPath}/g`, 'm') });
  await cluster.send('POST', configMaps, { metadata: { name: 'other' } });
}

it('finds what an object owns over several levels, of any kind, and watches those kinds whole', async () => {
  await start();
  await ownGadgets();
  const grown = grow();
  expect(grown.settled).toBe(false);
  await isSettled(grown);
  expect(shape(grown)).toEqual(['- > widgets/web', 'g > configmaps/m', 'web > gadgets/g']);
  expect(grown.root?.handle.name).toBe('web');
  expect(grown.lacks).toEqual([]);
  await vi.waitFor(() => expect(grown.freshness).toEqual({ kind: 'live' }));
});
