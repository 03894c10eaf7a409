import { describe, expect, it } from 'vitest';
import events from '../testing/rollouts/events.json' with { type: 'json' };
import { readKubernetesEvent } from './kubernetes-event.ts';

describe('readKubernetesEvent', () => {
  it('reads the same from both APIs', () => {
    for (const { core, events: newer } of events) {
      expect(readKubernetesEvent(core)).toBeDefined();
      expect(readKubernetesEvent(core)).toEqual(readKubernetesEvent(newer));
    }
  });

  it('says what, about whom, when and by whom', () => {
    const told = events.map(({ core }) => readKubernetesEvent(core));
    expect(told[0]).toEqual({
      uid: '8170c3b2-fbbe-4198-b53a-97b5ee8e6e0c',
      about: 'ea8e0082-16ad-4336-a432-14ca78f9ed9d',
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: 'Scaled up replica set web-6444769cf from 0 to 3',
      count: 1,
      first: Date.parse('2026-11-22T21:37:58Z'),
      last: Date.parse('2026-11-22T21:37:58Z'),
      reporter: 'deployment-controller',
    });
    expect(told[1]).toMatchObject({
      type: 'Warning',
      reason: 'FailedScheduling',
      reporter: 'default-scheduler, vm',
    });
  });

  const base = { metadata: { uid: 'e' }, involvedObject: { uid: 'pod' } };

  it('counts what the older API counts, and what the newer keeps as a series', () => {
    expect(
      readKubernetesEvent({
        ...base,
        count: 5,
        firstTimestamp: '2026-11-22T10:00:00Z',
        lastTimestamp: '2026-11-22T10:05:00Z',
        source: { component: 'kubelet', host: 'node-3' },
      }),
    ).toMatchObject({
      count: 5,
      first: Date.parse('2026-11-22T10:00:00Z'),
      last: Date.parse('2026-11-22T10:05:00Z'),
      reporter: 'kubelet, node-3',
    });
    expect(
      readKubernetesEvent({
        metadata: { uid: 'e' },
        regarding: { uid: 'pod' },
        eventTime: '2026-11-22T10:00:00.500000Z',
        series: { count: 7, lastObservedTime: '2026-11-22T10:06:00.000000Z' },
        deprecatedFirstTimestamp: null,
        note: 'again',
        reportingController: 'kubelet',
        reportingInstance: 'node-3',
      }),
    ).toMatchObject({
      count: 7,
      first: Date.parse('2026-11-22T10:00:00.500Z'),
      last: Date.parse('2026-11-22T10:06:00Z'),
      message: 'again',
      reporter: 'kubelet, node-3',
    });
  });

  it('goes by when it was stored where it says no other time', () => {
    const metadata = { uid: 'e', creationTimestamp: '2026-11-22T10:00:00Z' };
    expect(readKubernetesEvent({ ...base, metadata })).toMatchObject({
      first: Date.parse('2026-11-22T10:00:00Z'),
      count: 1,
      type: 'Normal',
      reporter: '',
    });
  });

  it('is nothing without an object, a time or an identity', () => {
    const eventTime = '2026-11-22T10:00:00Z';
    expect(readKubernetesEvent(base)).toBeUndefined();
    expect(readKubernetesEvent({ ...base, eventTime: 'soon' })).toBeUndefined();
    expect(readKubernetesEvent({ metadata: { uid: 'e' }, eventTime })).toBeUndefined();
    expect(readKubernetesEvent({ involvedObject: { uid: 'pod' }, eventTime })).toBeUndefined();
  });
});
