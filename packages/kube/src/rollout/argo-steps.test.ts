import { describe, expect, it } from 'vitest';
import { canaryWeight, rolloutStep, stepText } from './argo-steps.ts';

describe('stepText', () => {
  it('says a step in a few words', () => {
    expect(
      [
        { setWeight: 20 },
        { pause: {} },
        { pause: { duration: '5m' } },
        { pause: { duration: 30 } },
        { pause: { duration: '30' } },
        { setCanaryScale: { weight: 25 } },
        { setCanaryScale: { replicas: 3 } },
        { setCanaryScale: { matchTrafficWeight: true } },
        { analysis: { templates: [{ templateName: 'errors' }, { templateName: 'latency' }] } },
        { experiment: { templates: [{ name: 'canary' }] } },
        { setHeaderRoute: { name: 'beta' } },
        { plugin: { name: 'argoproj/step' } },
        {},
        'pause',
      ].map((step) => stepText(step)),
    ).toEqual([
      'setWeight 20',
      'pause until promoted',
      'pause 5m',
      'pause 30s',
      'pause 30s',
      'setCanaryScale 25%',
      'setCanaryScale 3',
      'setCanaryScale',
      'analysis errors, latency',
      'experiment canary',
      'setHeaderRoute beta',
      'plugin argoproj/step',
      '',
      '',
    ]);
  });
});

const rollout = (currentStepIndex: number, status: object = {}, canary: object = {}) => ({
  spec: { strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }], ...canary } } },
  status: { currentStepIndex, stableRS: 'a', currentPodHash: 'b', ...status },
});

describe('rolloutStep', () => {
  it('counts what is done, and never more than there are', () => {
    expect(rolloutStep(rollout(1))).toEqual({ is: 1, of: 2, text: 'pause until promoted' });
    expect(rolloutStep(rollout(2))).toEqual({ is: 2, of: 2, text: '' });
    expect(rolloutStep(rollout(7))).toEqual({ is: 2, of: 2, text: '' });
    expect(rolloutStep(rollout(0, { abort: true }))).toEqual({ is: 0, of: 2, text: 'aborted' });
    expect(rolloutStep({})).toBeUndefined();
  });
});

describe('canaryWeight', () => {
  const [canary, stable] = [
    { status: { availableReplicas: 1 } },
    { status: { availableReplicas: 3 } },
  ];

  it('is the share of the available pods where no traffic is routed', () => {
    expect(canaryWeight(rollout(1), canary, [canary, stable])).toBe(25);
    expect(canaryWeight(rollout(1), undefined, [stable])).toBe(0);
    expect(canaryWeight(rollout(1), {}, [])).toBe(0);
  });

  it('is what the router was told, in percent of its most', () => {
    const weights = { canary: { weights: { canary: { weight: 40 } } } };
    expect(canaryWeight(rollout(1, weights, { trafficRouting: {} }), canary, [])).toBe(40);
    const routing = { trafficRouting: { maxTrafficWeight: 200 } };
    expect(canaryWeight(rollout(1, weights, routing), canary, [])).toBe(20);
  });

  it('is all when it is through, and nothing is known without steps', () => {
    expect(canaryWeight(rollout(2), canary, [stable])).toBe(100);
    expect(canaryWeight(rollout(0, { stableRS: 'b' }), canary, [stable])).toBe(100);
    expect(canaryWeight({ spec: { strategy: { canary: {} } } }, canary, [])).toBeUndefined();
  });
});
