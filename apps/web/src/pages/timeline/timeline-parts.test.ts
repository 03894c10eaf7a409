import { describe, expect, it, vi } from 'vitest';
import { parseResources } from '../../links.ts';
import { formatDuration, parseDuration, timelineSearch } from '../../search.ts';
import { aChange } from '../../ui/changes/testing.ts';
import { changeText, markSentence } from './change-sentence.ts';
import { allBits, classBits, heartbeatBit } from './engine/mark-classes.ts';
import { cardPlace } from './hover-card.tsx';
import { keyAction } from './key-action.ts';
import { overviewBucket, overviewBuckets } from './overview-span.ts';
import { listenToPointers } from './pointer-input.ts';
import { nextStep, spanText } from './span-steps.ts';
import { formatShown, groupingOf, shownBits, withTimelineSearch } from './timeline-url.ts';
import { mergeFacets } from './use-facets.ts';

const minute = 60_000;

describe('the link of the timeline', () => {
  it('keeps what is the timeline’s, and writes nothing that says nothing', () => {
    expect(timelineSearch({ kinds: 'a/b/c', lanes: 'kind', junk: 'x', to: '' })).toEqual({
      kinds: 'a/b/c',
      lanes: 'kind',
    });
    expect(withTimelineSearch({ lanes: 'kind', labels: 'a' }, { lanes: '', span: '1h' })).toEqual({
      labels: 'a',
      span: '1h',
    });
  });

  it('names kinds by group, version and resource', () => {
    expect(parseResources('core/v1/pods,apps/v1/deployments,nothing,a/b/c/d')).toEqual([
      { group: '', version: 'v1', resource: 'pods' },
      { group: 'apps', version: 'v1', resource: 'deployments' },
    ]);
    expect(parseResources(undefined)).toEqual([]);
  });

  it('names the classes that are shown, unless that is all of them', () => {
    expect(shownBits({})).toBe(allBits);
    expect(shownBits({ classes: 'nothing' })).toBe(allBits);
    expect(shownBits({ classes: 'spec,heartbeat,status' })).toBe(classBits(['spec', 'status']));
    expect(formatShown(classBits(['status', 'spec']))).toBe('spec,status');
    expect([formatShown(allBits), formatShown(allBits & ~heartbeatBit), formatShown(0)]).toEqual([
      '',
      '',
      '',
    ]);
    expect([groupingOf({}), groupingOf({ lanes: 'manager' }), groupingOf({ lanes: 'x' })]).toEqual([
      'object',
      'manager',
      'object',
    ]);
  });

  it('says how long in the shortest way', () => {
    for (const text of ['1h', '15m', '90s', '2d', '1500ms']) {
      expect(formatDuration(parseDuration(text) ?? 0)).toBe(text);
    }
    expect(formatDuration(24 * 60 * minute)).toBe('1d');
    expect(['', 'h', '0s', '1.5h', '-1h', 'soon'].map(parseDuration)).toEqual(
      Array.from({ length: 6 }),
    );
  });
});

describe('how much time is shown', () => {
  it('goes by steps, from wherever it is', () => {
    expect([nextStep(15 * minute, 'longer'), nextStep(15 * minute, 'shorter')]).toEqual([
      60 * minute,
      5 * minute,
    ]);
    expect(nextStep(7 * minute, 'longer')).toBe(15 * minute);
    expect(nextStep(14.9 * minute, 'longer')).toBe(60 * minute);
    expect([nextStep(1, 'shorter'), nextStep(1e12, 'longer')]).toEqual([
      1000,
      7 * 24 * 60 * minute,
    ]);
  });

  it('is said in one number', () => {
    const said = [
      1000,
      90_000,
      5 * minute,
      60 * minute,
      90 * minute,
      150 * minute,
      24 * 60 * minute,
    ];
    expect(said.map(spanText)).toEqual(['1 s', '90 s', '5 min', '1 h', '90 min', '2.5 h', '1 d']);
  });

  it('is twice as long in the overview, and all from where the lanes begin', () => {
    const length = (from: number, to: number) => overviewBucket({ from, to }, 0) * overviewBuckets;
    expect(length(-15 * minute, 0)).toBe(60 * minute);
    expect(length(-30 * minute, 0)).toBe(60 * minute);
    expect(length(-90 * minute, -89 * minute)).toBe(180 * minute);
    expect(length(-1e12, 0)).toBe(720 * 60 * minute);
  });
});

describe('a change in words', () => {
  it('says its conditions, fields and life', () => {
    const conditions = [
      { type: 'Ready', from: 'True', to: 'False', reason: 'Crash', heldMs: 4000 },
    ];
    const fields = [
      { path: 'spec.replicas', before: 1, after: 3 },
      { path: 'spec.paused', after: true },
      { path: 'spec.old', before: 'x' },
    ];
    expect(changeText(aChange({ conditions, fields: [] }))).toBe(
      'Ready True → False after 4 s, Crash',
    );
    expect(changeText(aChange({ fields }))).toBe(
      'spec.replicas 1 → 3; spec.paused added true; spec.old removed',
    );
    expect(changeText(aChange({ classes: ['deleted'] }))).toBe('deleted');
    expect(changeText(aChange({ classes: ['status', 'metadata'] }))).toBe(
      'Status, Labels, annotations',
    );
  });

  it('says to those who do not see what it is of, and when', () => {
    const change = aChange({
      classes: ['spec'],
      seen: 'relist',
      notBefore: '2026-11-22T14:10:00.000Z',
      fields: [{ path: 'spec.replicas', before: 1, after: 3 }],
    });
    expect(markSentence(change)).toMatch(
      /^Rollout checkout in shop, Spec, between .+ and .+, found by a relist: spec.replicas 1 → 3$/u,
    );
    expect(markSentence(aChange({ namespace: '', classes: ['status'] }))).toMatch(
      /^Rollout checkout, Status, at [\d:.]+$/u,
    );
  });
});

describe('keys', () => {
  const key = (name: string, onMark = false, shiftKey = false) =>
    keyAction({ key: name, shiftKey, ctrlKey: false, metaKey: false, altKey: false }, onMark);

  it('go through time, and from mark to mark once one has the focus', () => {
    expect(key('ArrowLeft')).toEqual({ kind: 'pan', part: -0.1 });
    expect(key('ArrowRight', true)).toEqual({ kind: 'move', direction: 'later' });
    expect(key('ArrowRight', true, true)).toEqual({ kind: 'pan', part: 0.1 });
    expect(key('ArrowDown')).toEqual({ kind: 'move', direction: 'down' });
    expect(key('+')).toMatchObject({ kind: 'zoom' });
    expect(['Home', 'End', 'Escape', 'Enter'].map((name) => key(name)?.kind)).toEqual([
      'first',
      'now',
      'leave',
      'open',
    ]);
  });

  it('leave the browser its own', () => {
    const pressed = { key: '+', shiftKey: false, ctrlKey: true, metaKey: false, altKey: false };
    expect(keyAction(pressed, true)).toBeUndefined();
    expect(key('a')).toBeUndefined();
  });
});

describe('pointers', () => {
  const listen = () => {
    const element = document.createElement('div');
    const timeline = {
      drag: vi.fn<() => void>(),
      zoom: vi.fn<() => void>(),
      point: vi.fn<() => void>(),
    };
    const click = vi.fn<() => void>();
    const stop = listenToPointers(element, timeline, click);
    const send = (type: string, clientX: number, clientY: number, facts: object = {}) => {
      const event = new MouseEvent(type, { clientX, clientY, cancelable: true });
      Object.assign(event, { pointerId: 1, pointerType: 'mouse', ...facts });
      element.dispatchEvent(event);
    };
    const wheel = (facts: WheelEventInit) =>
      element.dispatchEvent(new WheelEvent('wheel', { cancelable: true, ...facts }));
    return { ...timeline, click, send, wheel, stop };
  };

  it('the wheel scrolls lanes; with ctrl it zooms around the pointer, with shift it goes through time', () => {
    const { drag, zoom, wheel } = listen();
    expect(wheel({ deltaY: 30 })).toBe(false);
    expect(drag).toHaveBeenLastCalledWith(-0, -30);
    wheel({ deltaY: 2, deltaMode: 1 });
    expect(drag).toHaveBeenLastCalledWith(-0, -32);
    wheel({ deltaY: 30, shiftKey: true });
    expect(drag).toHaveBeenLastCalledWith(-30, 0);
    wheel({ deltaY: -240, ctrlKey: true, clientX: 70 });
    expect(zoom).toHaveBeenLastCalledWith(Math.exp(-1), 70);
  });

  it('a press that hardly moves is a click, one that does a drag', () => {
    const { drag, click, send } = listen();
    send('pointerdown', 10, 10);
    send('pointermove', 12, 11);
    send('pointerup', 12, 11);
    expect(click).toHaveBeenCalledWith(expect.objectContaining({ x: 10, y: 10 }));
    expect(drag).not.toHaveBeenCalled();
    send('pointerdown', 10, 10);
    send('pointermove', 30, 15);
    send('pointermove', 31, 15);
    send('pointerup', 31, 15);
    expect(drag.mock.calls).toEqual([
      [20, 5],
      [1, 0],
    ]);
    expect(click).toHaveBeenCalledTimes(1);
  });

  it('two fingers zoom around their middle', () => {
    const { zoom, click, send } = listen();
    send('pointerdown', 100, 10, { pointerId: 1 });
    send('pointerdown', 200, 10, { pointerId: 2 });
    send('pointermove', 300, 10, { pointerId: 2 });
    expect(zoom).toHaveBeenCalledWith(0.5, 200);
    send('pointerup', 300, 10, { pointerId: 2 });
    send('pointerup', 100, 10, { pointerId: 1 });
    expect(click).not.toHaveBeenCalled();
  });

  it('are told of while they are over it', () => {
    const { point, send, stop } = listen();
    send('pointermove', 5, 6);
    expect(point).toHaveBeenLastCalledWith({ x: 5, y: 6 });
    send('pointerleave', 5, 6);
    expect(point).toHaveBeenLastCalledWith(undefined);
    stop();
    send('pointermove', 7, 8);
    expect(point).toHaveBeenCalledTimes(2);
  });
});

describe('the card beside the pointer', () => {
  const card = { offsetWidth: 300, offsetHeight: 100 };
  const frame = { clientWidth: 1000, clientHeight: 500 };
  it('stands where there is room', () => {
    expect(cardPlace({ x: 100, y: 100 }, card, frame)).toEqual({ left: 114, top: 114 });
    expect(cardPlace({ x: 900, y: 450 }, card, frame)).toEqual({ left: 586, top: 336 });
    expect(cardPlace({ x: 100, y: 10 }, card, { clientWidth: 310, clientHeight: 80 })).toEqual({
      left: 8,
      top: 8,
    });
  });
});

describe('labels of several kinds', () => {
  it('are counted together', () => {
    const facets = (count: number, value: string) => ({
      namespaces: [{ name: 'shop', count }],
      labels: [{ key: 'app', count, values: [{ value, count }] }],
      syncing: false,
    });
    const merged = mergeFacets([facets(2, 'web'), facets(3, 'api'), facets(4, 'web')]);
    expect([...merged.namespaces]).toEqual([['shop', 9]]);
    expect(merged.labels).toEqual([
      {
        key: 'app',
        count: 9,
        values: [
          { value: 'web', count: 6 },
          { value: 'api', count: 3 },
        ],
      },
    ]);
  });
});
