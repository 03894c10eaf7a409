import type { ResourceInfo } from '@kindscope/protocol';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resourceInfo } from '../../testing/resource-info.ts';
import { aChange } from '../../ui/changes/testing.ts';
import { clockTime } from '../../ui/time.ts';
import { aRow, layOut, live, renderAt, tableSnapshot, type Frame } from '../testing/render-at.tsx';

const url = '/r/apps.shop.example/v1/applications';
const api = 'api/v1/resources/apps.shop.example/v1/applications';
const facets = {
  namespaces: [
    { name: 'shop', count: 3 },
    { name: 'edge', count: 1 },
  ],
  labels: [{ key: 'tier', count: 4, values: [{ value: 'web', count: 3 }] }],
  syncing: false,
};
const answers = {
  [`${api}/facets`]: facets,
  [`${api}/facets?namespace=shop`]: facets,
};

beforeEach(layOut);
afterEach(() => {
  cleanup();
  localStorage.clear();
});

const rowNames = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('a')?.textContent);

const catalogue = (info: ResourceInfo): Frame[] => [
  { type: 'begin', reset: false, freshness: live },
  { type: 'catalog', items: [info], removed: [] },
  { type: 'end' },
];

describe('the kinds that are watched', () => {
  it('mark the one that is shown, in whatever version', async () => {
    const page = await renderAt('/r/demo.example.io/v1beta1/widgets');
    const versions = ['v1', 'v1beta1'];
    await page.send('catalog', ...catalogue(resourceInfo({ watch: 'live', versions })));
    const link = await screen.findByRole('link', { name: /^Widget/u });
    expect(link.getAttribute('href')).toBe('/r/demo.example.io/v1beta1/widgets');
    expect(link.getAttribute('aria-current')).toBe('page');
  });
});

describe('the table', () => {
  it('shows the rows with the printer columns, numbers at the right, names as links', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([aRow('cart'), aRow('checkout')]));
    expect(rowNames()).toEqual(['cart', 'checkout']);
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
    expect(heads).toEqual(['Name', 'Namespace', 'Health', 'Desired', 'Image', 'Age', 'Changed']);
    expect(screen.getByRole('link', { name: 'cart' }).getAttribute('href')).toBe(
      `${url}/o/shop/cart`,
    );
    expect(screen.getByRole('status', { name: 'Count' }).textContent).toBe('2 objects');
  });

  it('sorts by a header: its own way, the other way, not at all, in the URL', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([aRow('cart')]));
    const click = async (name: string) => {
      fireEvent.click(screen.getByRole('button', { name }));
      await waitFor(() => expect(page.messages().at(-1)).toBeTruthy());
    };
    await click('Changed');
    await waitFor(() => expect(page.search().get('sort')).toBe('-changed'));
    expect(await page.asked('table')).toMatchObject({
      sort: { column: 'changed', descending: true },
    });
    await page.send('table', ...tableSnapshot([aRow('cart')]));
    const head = () => screen.getByRole('columnheader', { name: /Changed/u });
    expect(head().getAttribute('aria-sort')).toBe('descending');
    await click('Changed');
    await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('ascending'));
    await click('Changed');
    await waitFor(() => expect(page.search().get('sort')).toBeNull());
  });

  it('is walked with the arrow keys, and Enter opens the object', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([aRow('cart'), aRow('checkout'), aRow('search')]));
    const rows = () => screen.getAllByRole('row').slice(1);
    expect(rows().map((row) => row.tabIndex)).toEqual([0, -1, -1]);
    const [first] = rows();
    act(() => first?.focus());
    const press = (key: string) => {
      const focused = document.activeElement;
      if (focused === null) throw new Error('nothing has the focus');
      fireEvent.keyDown(focused, { key });
    };
    press('ArrowDown');
    expect(document.activeElement).toBe(rows()[1]);
    press('End');
    expect(document.activeElement).toBe(rows()[2]);
    press('ArrowUp');
    press('Enter');
    await waitFor(() => expect(page.path()).toBe(`${url}/o/shop/checkout`));
  });

  it('flashes the cell that changed, once, and no other', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([aRow('cart'), aRow('checkout')]));
    expect(document.querySelectorAll('[data-flash]')).toHaveLength(0);
    const rows = [aRow('cart', { cells: ['6', 'web:1'], resourceVersion: '1002' })];
    await page.send('table', {
      type: 'table',
      total: 2,
      matched: 2,
      offset: 0,
      rows,
      partial: false,
    });
    const flashing = [...document.querySelectorAll('[data-flash]')];
    expect(flashing.map((cell) => cell.textContent)).toEqual(['6']);
  });

  it('keeps the focus on the object when rows come above it', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([aRow('cart'), aRow('checkout')]));
    act(() => screen.getAllByRole('row')[2]?.focus());
    const [added, ...rest] = [aRow('alpha'), aRow('cart'), aRow('checkout')];
    await page.send('table', {
      type: 'table',
      total: 3,
      matched: 3,
      offset: 0,
      keys: [added, ...rest].map(({ key }) => key),
      rows: [added],
      partial: false,
    });
    expect(rowNames()).toEqual(['alpha', 'cart', 'checkout']);
    expect(document.activeElement?.querySelector('a')?.textContent).toBe('checkout');
  });

  it('holds only a window: rows that are not here are drawn as quiet lines, and asked for', async () => {
    const page = await renderAt(url);
    const rows = Array.from({ length: 10 }, (_, index) => aRow(`app-${index}`));
    await page.send('table', ...tableSnapshot(rows, { total: 5000, matched: 5000 }));
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001');
    expect(document.querySelectorAll('tbody tr[aria-hidden]').length).toBeGreaterThan(5);
    const all = document.querySelectorAll('tbody tr').length;
    expect(all).toBeLessThan(60);
  });
});

describe('what stands where there are no rows', () => {
  it('is quiet lines while nothing is known', async () => {
    await renderAt(url);
    expect((await screen.findByRole('grid')).getAttribute('aria-busy')).toBe('true');
  });

  it('says how far the first list is', async () => {
    const page = await renderAt(url);
    const freshness = { kind: 'syncing', received: 1204, expected: 1700 } as const;
    await page.send('table', ...tableSnapshot([aRow('cart')], { freshness }));
    expect(screen.getByText(/1,204 of 1,700 objects so far/u)).toBeTruthy();
  });

  it('says that there are none, and offers the other namespaces', async () => {
    const page = await renderAt(`${url}?namespace=edge`);
    await page.send('table', ...tableSnapshot([]));
    expect(screen.getByRole('heading', { name: /in edge/u })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show all namespaces' }));
    await waitFor(() => expect(page.search().get('namespace')).toBeNull());
  });

  it('says that none matches, and clears the selector', async () => {
    const page = await renderAt(`${url}?labels=tier%3Dnone`);
    await page.send('table', ...tableSnapshot([], { total: 38, matched: 0 }));
    expect(screen.getByText(/None of 38 matches/u)).toBeTruthy();
    expect(screen.getByRole('status', { name: 'Count' }).textContent).toBe('0 of 38');
    fireEvent.click(screen.getByRole('button', { name: 'Clear the selector' }));
    await waitFor(() => expect(page.search().get('labels')).toBeNull());
    expect(await page.asked('table')).not.toHaveProperty('labelSelector');
  });

  it('is the remedy where the right is missing', async () => {
    const page = await renderAt(url);
    const fault = {
      code: 'forbidden',
      detail: 'dev may not list applications.',
      remedy: 'kubectl auth can-i list applications.apps.shop.example',
    };
    await page.send('table', ...tableSnapshot([], { freshness: { kind: 'forbidden', fault } }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('dev may not list applications.');
    expect(alert.textContent).toContain('kubectl auth can-i');
    expect(screen.queryByRole('status', { name: 'Count' })).toBeNull();
  });

  it('says of changes that nobody listens, where nobody may', async () => {
    const page = await renderAt(url);
    const freshness = { kind: 'forbidden', fault: { code: 'forbidden', detail: 'No.' } } as const;
    await page.send('changes', { type: 'begin', reset: false, freshness }, { type: 'end' });
    const feed = within(screen.getByRole('region', { name: 'Changes' }));
    expect(feed.getByText(/changes are not seen/u)).toBeTruthy();
  });

  it('is no count where nothing is known', async () => {
    const page = await renderAt(url);
    const fault = { code: 'network', detail: 'Nothing answers.' };
    const freshness = { kind: 'stale', since: '2026-11-22T14:11:31Z', fault } as const;
    await page.send('table', ...tableSnapshot([], { freshness }));
    expect(screen.queryByRole('status', { name: 'Count' })).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('Nothing is known of them now');
  });

  it('is why the CRD is not served', async () => {
    const page = await renderAt(url);
    const health = { status: 'failing', reason: 'Names not accepted', message: 'kind is taken' };
    const { crd, ...info } = resourceInfo({
      group: 'apps.shop.example',
      resource: 'applications',
      kind: 'Application',
    });
    if (crd === undefined) throw new Error('it is a custom one');
    const failing = { ...info, crd: { ...crd, health } } as ResourceInfo;
    await page.send('catalog', ...catalogue(failing));
    await page.send('table', ...tableSnapshot([], { freshness: { kind: 'gone' } }));
    const { textContent } = screen.getByRole('alert');
    expect(textContent).toContain('Application is not served: Names not accepted');
    expect(textContent).toContain('kind is taken');
  });

  it('says that the resource is gone', async () => {
    const page = await renderAt(url);
    await page.send('table', ...tableSnapshot([], { freshness: { kind: 'gone' } }));
    expect(screen.getByRole('alert').textContent).toContain('no longer served');
  });

  it('keeps the rows, marked, and says since when they are stale', async () => {
    const page = await renderAt(url);
    const since = '2026-11-22T14:11:31Z';
    await page.send('table', ...tableSnapshot([aRow('cart')]));
    await page.send('table', {
      type: 'freshness',
      freshness: {
        kind: 'stale',
        since,
        fault: { code: 'network', detail: 'The API server does not answer.' },
      },
    });
    expect(screen.getByText(new RegExp(`^Stale since ${clockTime(since)}: `, 'u'))).toBeTruthy();
    expect(rowNames()).toEqual(['cart']);
    expect(screen.getByRole('grid').closest('[class*=stale]')).not.toBeNull();
  });
});

describe('the filters', () => {
  it('begin with the labels, by /', async () => {
    await renderAt(url);
    const field = await screen.findByRole('combobox', { name: 'Labels' });
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(field);
  });

  it('are taken from the URL and put to the server, for table and feed alike', async () => {
    const page = await renderAt(`${url}?namespace=shop&labels=tier%20in%20(web,api)`, answers);
    const scope = { namespace: 'shop', labelSelector: 'tier in (web,api)' };
    expect(await page.asked('table')).toMatchObject(scope);
    expect(await page.asked('changes')).toMatchObject(scope);
    expect(screen.getByRole('button', { name: 'Edit tier in (api,web)' })).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'Labels' }), { target: { value: 'ti' } });
    expect((await screen.findByRole('option', { name: /tier/u })).textContent).toContain(
      '4 objects',
    );
  });

  it('are kept in the URL', async () => {
    const page = await renderAt(url, answers);
    const field = await screen.findByRole('combobox', { name: 'Labels' });
    fireEvent.change(field, { target: { value: '!canary' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(page.search().get('labels')).toBe('!canary'));
    await waitFor(async () =>
      expect(await page.asked('table')).toMatchObject({ labelSelector: '!canary' }),
    );
  });

  it('name the fields that the resource can be selected by when another is asked for', async () => {
    await renderAt(url, answers);
    const field = await screen.findByRole('combobox', { name: 'Where' });
    fireEvent.change(field, { target: { value: 'spec.x=1' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.getByRole('alert').textContent).toContain('metadata.name, metadata.namespace');
  });
});

describe('the feed beside the table', () => {
  const changes = (...list: ReturnType<typeof aChange>[]) =>
    ({ type: 'changes', changes: list }) as const;
  const begin = { type: 'begin', reset: false, freshness: live } as const;

  it('shows changes newest first, with a link to their object', async () => {
    const page = await renderAt(url);
    await page.send('changes', begin, changes(aChange({ name: 'old' }), aChange({ name: 'new' })), {
      type: 'end',
    });
    const feed = within(screen.getByRole('feed'));
    const links = feed.getAllByRole('link').map((link) => link.textContent);
    expect(links).toEqual(['new', 'old']);
  });

  it('pauses, counts what waits, and loses nothing', async () => {
    const page = await renderAt(url);
    await page.send('changes', begin, changes(aChange({ name: 'first' })), { type: 'end' });
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await page.send('changes', changes(aChange({ name: 'second' }), aChange({ name: 'third' })));
    const feed = () => within(screen.getByRole('feed'));
    expect(feed().queryByText('second')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /Resume · 2 waiting/u }));
    page.frame();
    expect(feed().getByText('second')).toBeTruthy();
    expect(feed().getByText('third')).toBeTruthy();
  });

  it('says a gap on a line of its own', async () => {
    const page = await renderAt(url);
    await page.send('changes', begin, changes(aChange()), { type: 'end' });
    await page.send('changes', {
      type: 'gap',
      from: '2026-11-22T14:11:31Z',
      to: '2026-11-22T14:11:46Z',
      count: 27,
      reason: 'slow',
      filled: false,
    });
    expect(screen.getByText(/27 changes not shown/u)).toBeTruthy();
  });

  it('says that the object left what matches', async () => {
    const page = await renderAt(`${url}?labels=tier%3Dweb`);
    const fields = [{ path: 'metadata.labels.tier', before: 'web', after: 'api' }];
    const change = aChange({ classes: ['metadata'], fields, effect: 'leave' });
    await page.send('changes', begin, changes(change), { type: 'end' });
    expect(screen.getByText('left tier=web')).toBeTruthy();
  });
});
