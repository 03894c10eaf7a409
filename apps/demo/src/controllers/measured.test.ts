import { isLosslessNumber, numberText, valueAt, type JsonValue } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, edited, lookAt } from '../testing/story.ts';
import { measured } from './measured.ts';

describe('a controller of what is well', () => {
  const controller = measured.find(({ gvr }) => gvr.resource === 'kafkatopics');
  if (controller === undefined) throw new Error('Nobody measures topics.');
  const topic = begun(controller, created('KafkaTopic'));
  const endOffset = (object: typeof topic): JsonValue | undefined =>
    valueAt(object, 'status', 'endOffset');

  it('counts beyond what a double can hold, exactly', () => {
    const first = endOffset(topic);
    const second = endOffset(after(topic, controller.decide(lookAt(topic))));
    if (!isLosslessNumber(first) || !isLosslessNumber(second)) throw new Error('It was rounded.');
    expect(BigInt(numberText(second))).toBeGreaterThan(BigInt(numberText(first)));
    expect(BigInt(numberText(first))).toBeGreaterThan(2n ** 53n);
  });

  it('is not woken by its own write, but by a new spec', () => {
    expect(controller.decide(lookAt(topic, { due: false }))).toEqual({});
    const changed = edited(topic, { partitions: 48 });
    expect(controller.decide(lookAt(changed, { due: false })).status).toMatchObject({
      observedGeneration: 2,
    });
  });

  it('keeps the time of its condition while the condition is the same', () => {
    const later = lookAt(topic, { now: lookAt(topic).now + 60_000 });
    const again = after(topic, controller.decide(later));
    expect(valueAt(again, 'status', 'conditions')).toEqual(valueAt(topic, 'status', 'conditions'));
  });
});
