import { parseJson, type JsonObject } from '@kindscope/kube';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aChange } from '../../ui/changes/testing.ts';
import { clockTime } from '../../ui/time.ts';
import { layOut, live, renderAt, type Page } from '../testing/render-at.tsx';

const url = '/r/argoproj.io/v1alpha1/rollouts/o/shop/checkout';
const time = '2026-11-22T14:12:02.090Z';

function anObject(facts: { uid?: string; image?: string; metadata?: object } = {}): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'checkout',
      namespace: 'shop',
      uid: facts.uid ?? 'uid-checkout',
      resourceVersion: '1002',
      generation: 14,
      creationTimestamp: '2026-10-12T14:12:02Z',
      labels: { app: 'checkout', tier: 'web' },
      ownerReferences: [
        { apiVersion: 'apps.example/v1', kind: 'App', name: 'shop', uid: 'u-1', controller: true },
      ],
      managedFields: [
        {
          manager: 'kubectl-set',
          operation: 'Update',
          time: '2026-11-22T14:12:02Z',
          fieldsV1: {
            'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } },
          },
        },
        { manager: 'hpa', operation: 'Update', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
      ],
      ...facts.metadata,
    },
    spec: { replicas: 5, containers: [{ name: 'web', image: facts.image ?? 'web:1.42.0' }] },
    status: {
      observedGeneration: 13,
      conditions: [
        {
          type: 'Available',
          status: 'False',
          reason: 'ReplicasUnavailable',
          lastTransitionTime: '2026-11-22T14:00:00Z',
        },
      ],
    },
  };
}

const begin = { type: 'begin', reset: false, freshness: live } as const;
const end = { type: 'end' } as const;
const spec = aChange({
  time,
  classes: ['spec'],
  fields: [
    { path: 'spec.containers[name=web].image', before: 'web:1.41.0', after: 'web:1.42.0' },
    { path: 'spec.containers[name=web].env', before: [{ name: 'DATABASE_URL' }] },
  ],
  managers: [{ manager: 'kubectl-set', operation: 'Update' }],
});

const showObject = (page: Page, object: JsonObject | null) =>
  page.send('object', begin, { type: 'object', object }, end);
const showChanges = (page: Page, ...changes: ReturnType<typeof aChange>[]) =>
  page.send('changes', begin, { type: 'changes', changes }, end);

beforeEach(layOut);
afterEach(cleanup);

describe('what changed', () => {
  it('says a condition once, and keeps its fields folded', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    await showChanges(
      page,
      aChange({
        classes: ['condition', 'status'],
        conditions: [{ type: 'Available', from: 'True', to: 'False', message: 'Too few.' }],
        fields: [
          { path: 'status.phase', before: 'Up', after: 'Down' },
          { path: 'status.conditions[type=Available].status', before: 'True', after: 'False' },
          { path: 'status.conditions[type=Available].message', before: '', after: 'Too few.' },
        ],
      }),
    );
    const change = within(screen.getByRole('region', { name: 'The change' }));
    const fields = within(change.getByRole('list', { name: 'Changed fields' }));
    expect(fields.getAllByRole('listitem')).toHaveLength(1);
    expect(change.getByText('2 fields of these conditions').closest('details')?.open).toBe(false);
  });

  it('shows the last change field by field, with the words that differ, and who', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    await showChanges(page, spec);
    const change = within(screen.getByRole('region', { name: 'The change' }));
    expect(change.getByText('spec.containers[name=web].image')).toBeTruthy();
    expect(change.getAllByText('41').map((piece) => piece.tagName)).toEqual(['MARK']);
    expect(change.getAllByText('42').map((piece) => piece.tagName)).toEqual(['MARK']);
    expect(change.getByText('removed')).toBeTruthy();
    expect(change.getByText(/kubectl-set, Update/u)).toBeTruthy();
    expect(change.getByText('2 fields, 1 manager')).toBeTruthy();
  });

  it('lists the other changes, and shows the one that is chosen', async () => {
    const page = await renderAt(url);
    const older = aChange({
      id: 1,
      classes: ['metadata'],
      fields: [{ path: 'metadata.labels.tier', before: 'api', after: 'web' }],
    });
    await showObject(page, anObject());
    await showChanges(page, older, spec);
    const feed = within(screen.getByRole('feed'));
    fireEvent.click(feed.getByRole('button', { name: 'Labels, annotations' }));
    const change = within(screen.getByRole('region', { name: 'The change' }));
    expect(change.getByText('metadata.labels.tier')).toBeTruthy();
    expect(change.queryByText('spec.containers[name=web].image')).toBeNull();
  });

  it('skips heartbeats as the last change', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    const fields = [{ path: 'spec.renewTime', before: '1', after: '2' }];
    await showChanges(page, spec, aChange({ classes: ['heartbeat'], fields }));
    const change = within(screen.getByRole('region', { name: 'The change' }));
    expect(change.getByText('spec.containers[name=web].image')).toBeTruthy();
  });
});

describe('the YAML', () => {
  const lines = () =>
    [...screen.getByRole('region', { name: 'YAML' }).querySelectorAll('[data-index]')].map(
      (line) => line.textContent,
    );

  it('marks what the last change touched, and shows what was there before', async () => {
    const page = await renderAt(`${url}?tab=yaml`);
    await showObject(page, anObject());
    await showChanges(page, spec);
    const yaml = screen.getByRole('region', { name: 'YAML' });
    expect(yaml.querySelector('ins')?.textContent.trim()).toBe('image: web:1.42.0');
    const before = [...yaml.querySelectorAll('del')].map((line) => line.textContent.trim());
    expect(before).toEqual(['image: web:1.41.0', 'env:', '- name: DATABASE_URL']);
  });

  it('says which manager owns a field', async () => {
    const page = await renderAt(`${url}?tab=yaml`);
    await showObject(page, anObject());
    const owners = lines().filter((line) => /^(hpa|kubectl-set)/u.test(line));
    expect(owners).toEqual([
      expect.stringMatching(/^hpa\d+ *replicas: 5$/u),
      expect.stringMatching(/^kubectl-set\d+ *image: web:1.42.0$/u),
    ]);
  });

  it('folds managedFields, and shows them when asked', async () => {
    const page = await renderAt(`${url}?tab=yaml`);
    await showObject(page, anObject());
    expect(lines().join('\n')).not.toContain('fieldsV1');
    fireEvent.click(screen.getByRole('button', { name: 'managedFields' }));
    expect(lines().join('\n')).toContain('fieldsV1');
  });

  it('keeps every digit', async () => {
    const page = await renderAt(`${url}?tab=yaml`);
    const exact = '12345678901234567890.10';
    const object = parseJson(
      `{"apiVersion":"v1","kind":"X","metadata":{},"spec":{"weight":${exact}}}`,
    );
    await showObject(page, object as JsonObject);
    expect(lines().join('\n')).toContain(`weight: ${exact}`);
  });

  it('says plainly that the values of a Secret are not shown', async () => {
    const page = await renderAt('/r/core/v1/secrets/o/shop/db?tab=yaml');
    await showObject(page, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'db',
        namespace: 'shop',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '7b1e' },
      },
      data: { url: '3f2a' },
    });
    expect(lines().at(-1)).toContain('url: redacted, fingerprint 3f2a');
    expect(screen.getByText(/values of Secrets never leave Kindscope/u)).toBeTruthy();
    expect(lines().join('\n')).toContain('last-applied-configuration: redacted, fingerprint 7b1e');
  });
});

describe('what is beside it', () => {
  it('is the head with generations, the conditions, labels as links, and owners', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('checkout');
    expect(screen.getByText(/generation/u).textContent).toBe('generation 14 · observed 13');
    const conditions = within(screen.getByRole('list', { name: 'Conditions' }));
    expect(conditions.getByText('False').dataset['tone']).toBe('bad');
    const label = screen.getByRole('link', { name: /tier=web/u });
    expect(label.getAttribute('href')).toBe('/r/argoproj.io/v1alpha1/rollouts?labels=tier%3Dweb');
    expect(screen.getByRole('list', { name: 'Owned by' }).textContent).toContain('App shop');
  });
});

describe('an object that is not there', () => {
  it('is being read until the first answer', async () => {
    await renderAt(url);
    expect(await screen.findByRole('heading', { name: 'Reading checkout' })).toBeTruthy();
  });

  it('was never seen: says so, and leads to the others', async () => {
    const page = await renderAt(url);
    await showObject(page, null);
    await showChanges(page);
    expect(screen.getByRole('heading', { name: /There is no .* checkout in shop/u })).toBeTruthy();
    const all = screen.getByRole('link', { name: /Show every/u });
    expect(all.getAttribute('href')).toBe('/r/argoproj.io/v1alpha1/rollouts?namespace=shop');
  });

  it('was deleted: says when, and keeps the last that was seen', async () => {
    const page = await renderAt(`${url}?tab=yaml`);
    await showObject(page, anObject());
    await page.send('object', { type: 'object', object: null });
    await showChanges(page, aChange({ classes: ['deleted'], time }));
    expect(screen.getByText(new RegExp(`Deleted at ${clockTime(time)}`, 'u'))).toBeTruthy();
    expect(screen.getByRole('region', { name: 'YAML' }).textContent).toContain('web:1.42.0');
  });

  it('came again as another one: says so', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject({ uid: 'uid-new' }));
    await showChanges(
      page,
      aChange({
        uid: 'uid-new',
        classes: ['recreated', 'created'],
        formerLife: { uid: 'uid-old', ended: time },
      }),
    );
    const said = new RegExp(`new object of this name.*uid-old.*ended ${clockTime(time)}`, 'u');
    expect(screen.getByText(said)).toBeTruthy();
  });

  it('may not be read: the remedy is the line to type', async () => {
    const page = await renderAt(url);
    const fault = {
      code: 'forbidden',
      detail: 'dev may not list rollouts.',
      remedy: 'kubectl auth',
    };
    const freshness = { kind: 'forbidden', fault } as const;
    await page.send('object', { ...begin, freshness }, { type: 'object', object: null }, end);
    expect(screen.getByRole('alert').textContent).toContain('kubectl auth');
  });

  it('waits for its finalizers: says for which', async () => {
    const page = await renderAt(url);
    const metadata = { deletionTimestamp: time, finalizers: ['example.com/hold'] };
    await showObject(page, anObject({ metadata }));
    expect(screen.getByText(/It waits for example\.com\/hold/u)).toBeTruthy();
  });
});

describe('the tabs', () => {
  it('are kept in the URL', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    fireEvent.click(screen.getByRole('button', { name: 'YAML' }));
    await waitFor(() => expect(page.search().get('tab')).toBe('yaml'));
    fireEvent.click(await screen.findByRole('button', { name: 'What changed' }));
    await waitFor(() => expect(page.search().get('tab')).toBeNull());
  });
});

describe('where the page leads', () => {
  it('leads to the rollout of the object', async () => {
    const page = await renderAt(url);
    await showObject(page, anObject());
    expect((await screen.findByRole('link', { name: 'Rollout' })).getAttribute('href')).toBe(
      '/rollout/argoproj.io/v1alpha1/rollouts/shop/checkout',
    );
  });
});
