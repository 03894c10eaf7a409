import type { DiscoveredResource } from '@kindscope/informer';
import { beforeEach, describe, expect, it } from 'vitest';
import { widgetCrd, widgets } from '../testing/live-cluster.ts';
import { readCrd, selectableFields, type CrdEntry } from './crd.ts';
import { createResourceIndex, type ResourceIndex } from './resource-index.ts';

function discovered(more: Partial<DiscoveredResource> = {}): DiscoveredResource {
  return {
    ...widgets,
    kind: 'Widget',
    namespaced: true,
    verbs: ['list', 'watch'],
    shortNames: [],
    categories: [],
    preferred: true,
    ...more,
  };
}

function crd(
  change: (spec: ReturnType<typeof widgetCrd>['spec']) => object = () => ({}),
): CrdEntry {
  const object = widgetCrd();
  const entry = readCrd({ ...object, spec: { ...object.spec, ...change(object.spec) } });
  if (entry === undefined) throw new Error('not a CRD');
  return entry;
}

const id = 'example.com/widgets';
const none: ReadonlySet<string> = new Set();
let index: ResourceIndex;
beforeEach(() => {
  index = createResourceIndex();
});

describe('a resource of discovery', () => {
  it('is one item with its versions, the preferred one first', () => {
    const versions = ['v2beta1', 'v1', 'v1alpha1'].map((version) =>
      discovered({ version, preferred: version === 'v1' }),
    );
    index.setDiscovered(versions, none);
    expect(index.items.get(id)).toMatchObject({
      version: 'v1',
      versions: ['v1', 'v2beta1', 'v1alpha1'],
    });
  });

  it('leaves when a later discovery has it not, unless its group did not answer', () => {
    index.setDiscovered([discovered(), discovered({ group: '', resource: 'pods' })], none);
    expect([
      ...index.setDiscovered(
        [discovered({ group: '', resource: 'pods' })],
        new Set(['example.com']),
      ),
    ]).toContain(id);
    expect(index.items.has(id)).toBe(true);
    index.setDiscovered([], none);
    expect(index.items.size).toBe(0);
  });
});

describe('a resource of a CRD', () => {
  it('is what the CRD says, whatever discovery says yet', () => {
    index.setDiscovered([discovered({ version: 'v1beta1' })], none);
    index.setCrd(crd());
    expect(index.items.get(id)).toMatchObject({
      version: 'v1',
      versions: ['v1', 'v1beta1'],
      kind: 'Widget',
      shortNames: ['wi'],
      crd: { name: 'widgets.example.com' },
    });
  });

  it('is gone with it, and stays gone until discovery has noticed', () => {
    index.setDiscovered([discovered()], none);
    index.setCrd(crd());
    expect([...index.removeCrd(id)]).toEqual([id]);
    expect(index.items.has(id)).toBe(false);
    index.setDiscovered([discovered()], none);
    expect(index.items.has(id)).toBe(false);
    index.setDiscovered([], none);
    index.setDiscovered([discovered()], none);
    expect(index.items.has(id)).toBe(true);
  });

  it('is back at once where the CRD is', () => {
    index.setDiscovered([discovered()], none);
    index.setCrd(crd());
    index.removeCrd(id);
    index.setCrd(crd());
    expect(index.items.get(id)?.crd).toBeDefined();
  });

  it('is none where no version is served', () => {
    index.setCrd(
      crd((spec) => ({
        versions: spec.versions.map((version) => ({ ...version, served: false })),
      })),
    );
    expect(index.items.has(id)).toBe(false);
  });
});

it('is no CRD what lacks what every CRD has', () => {
  expect(readCrd({ metadata: { name: 'x' } })).toBeUndefined();
  expect(readCrd({ spec: { group: 'g', names: { plural: 'x' } } })).toBeUndefined();
});

it('adds the selectable fields that a version declares', () => {
  const entry = crd((spec) => ({
    versions: spec.versions.map((version) => ({
      ...version,
      ...(version.name === 'v1' && { selectableFields: [{ jsonPath: '.spec.color' }] }),
    })),
  }));
  expect(selectableFields(entry, 'v1', true)).toEqual([
    'metadata.name',
    'metadata.namespace',
    'spec.color',
  ]);
  expect(selectableFields(entry, 'v1beta1', false)).toEqual(['metadata.name']);
});

it('names what is like an unknown resource by any of its names, the asked group first', () => {
  index.setDiscovered(
    [
      discovered({ group: '', resource: 'services', kind: 'Service', shortNames: ['svc'] }),
      discovered({ group: 'serving.knative.dev', resource: 'services', kind: 'Service' }),
    ],
    none,
  );
  const like = (group: string, resource: string) =>
    index.nearest({ group, version: 'v1', resource });
  expect(like('', 'service')).toEqual(['services', 'services.serving.knative.dev']);
  expect(like('serving.knative.dev', 'servcies')[0]).toBe('services.serving.knative.dev');
  expect(like('', 'svc')).toEqual(['services']);
});
