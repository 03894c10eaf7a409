import { createFakeClock } from '@kindscope/informer/testing';
import type { Freshness, ResourceRef } from '@kindscope/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeCatalog, widgets } from '../fanout/testing/fake-catalog.ts';
import { createKeepWatching } from './keep-watching.ts';
import type { PinStore } from './pin-store.ts';

const gears: ResourceRef = { ...widgets, resource: 'gears' };

function start(
  options: {
    flags?: ResourceRef[];
    stored?: ResourceRef[];
    error?: Error;
    unreadable?: Error;
  } = {},
) {
  const catalog = createFakeCatalog();
  const clock = createFakeClock(0);
  const saved: string[] = [];
  const warnings: object[] = [];
  const pins: PinStore = {
    load: () => ({
      pins: options.stored ?? [],
      ...(options.unreadable && { error: options.unreadable }),
    }),
    add({ resource }) {
      saved.push(`+${resource}`);
      return options.error;
    },
    remove({ resource }) {
      saved.push(`-${resource}`);
      return options.error;
    },
  };
  const log = { debug() {}, info() {}, warn() {}, error: (what: object) => warnings.push(what) };
  catalog.add(widgets);
  const watching = createKeepWatching({ catalog, flags: options.flags ?? [], pins, clock, log });
  const list = () => watching.list().map(({ resource, by }) => `${resource.resource} ${by}`);
  return { catalog, clock, saved, warnings, watching, list };
}

describe('what is kept being watched', () => {
  it('is watched from the start, whether by flag or by a pin that was stored', () => {
    const { catalog, list, watching } = start({ flags: [widgets], stored: [widgets] });
    expect([catalog.leases, list()]).toEqual([1, ['widgets flag']]);
    expect(watching.list()[0]?.freshness).toEqual({ kind: 'live' } satisfies Freshness);
    watching.stop();
    expect(catalog.leases).toBe(0);
  });

  it('is watched once, however often it is named, and what is stored stays', () => {
    const { catalog, watching, saved } = start({ flags: [widgets, widgets], stored: [widgets] });
    expect([catalog.leases, watching.list().length, saved]).toEqual([1, 1, []]);
    watching.stop();
    expect(catalog.leases).toBe(0);
  });

  it('is what the flags say where the stored pins cannot be read, and the log says so', () => {
    const unreadable = new Error('not JSON');
    const { list, warnings } = start({ flags: [widgets], unreadable });
    expect([list(), warnings]).toEqual([['widgets flag'], [{ err: unreadable }]]);
  });

  it('is tried again until the cluster serves it', async () => {
    const { catalog, clock, watching } = start({ flags: [gears] });
    expect(watching.list()).toMatchObject([{ resource: gears, freshness: { kind: 'gone' } }]);
    catalog.add(gears);
    await clock.advance(5000);
    expect(watching.list()).toMatchObject([{ freshness: { kind: 'live' } }]);
    expect(catalog.leases).toBe(1);
  });

  it('is tried no more when it stops', async () => {
    const { catalog, clock, watching } = start({ flags: [gears] });
    watching.stop();
    catalog.add(gears);
    await clock.advance(60_000);
    expect(catalog.leases).toBe(0);
  });
});

describe('a pin', () => {
  it('watches and is stored; without it nothing is watched', () => {
    const { catalog, watching, saved, list } = start();
    expect(watching.pin(widgets)).toEqual({ ok: true, value: undefined });
    expect(watching.pin(widgets).ok).toBe(true);
    expect([catalog.leases, list()]).toEqual([1, ['widgets pin']]);
    expect(watching.unpin(widgets).ok).toBe(true);
    expect(watching.unpin(widgets).ok).toBe(true);
    expect([catalog.leases, list(), saved]).toEqual([0, [], ['+widgets', '-widgets']]);
  });

  it('of what the cluster does not serve is refused and not kept', () => {
    const { watching, saved, list } = start();
    expect(watching.pin(gears)).toMatchObject({ ok: false, fault: { code: 'unknown-resource' } });
    expect([list(), saved]).toEqual([[], []]);
  });

  it('cannot take back a flag', () => {
    const { watching, catalog } = start({ flags: [widgets] });
    expect(watching.unpin(widgets)).toMatchObject({ ok: false, fault: { code: 'kept-by-flag' } });
    expect(catalog.leases).toBe(1);
  });

  it('is one of no more than 64', () => {
    const { watching, catalog } = start();
    for (let n = 0; n < 64; n += 1) {
      const ref = { ...widgets, resource: `kind${n}` };
      catalog.add(ref);
      expect(watching.pin(ref).ok).toBe(true);
    }
    expect(watching.pin(widgets)).toMatchObject({ ok: false, fault: { code: 'too-many-pins' } });
  });

  it('is one of no more than 64 that are stored, too', () => {
    const stored = Array.from({ length: 70 }, (_, n) => ({ ...widgets, resource: `kind${n}` }));
    expect(start({ stored }).list()).toHaveLength(64);
  });

  it('that cannot be stored is kept nevertheless, and the log says so', () => {
    const { watching, warnings, list } = start({ error: new Error('disk full') });
    expect(watching.pin(widgets).ok).toBe(true);
    expect([list(), warnings]).toEqual([['widgets pin'], [{ err: new Error('disk full') }]]);
  });
});
