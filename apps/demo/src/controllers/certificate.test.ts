import { conditionOf, countAt, stringAt } from '@kindscope/kube';
import { describe, expect, it } from 'vitest';
import { after, begun, created, edited, lookAt, play, start } from '../testing/story.ts';
import { certificateController as controller } from './certificate.ts';

const minute = 60_000;

describe('the certificate controller', () => {
  it('begins with certificates that end in 10 to 30 minutes, and wakes 10 minutes before', () => {
    const object = created('Certificate');
    const decision = controller.decide(lookAt(object, { initial: true }));
    const left = Date.parse(stringAt(after(object, decision), 'status', 'notAfter') ?? '') - start;
    expect(left).toBeGreaterThan(10 * minute - 1000);
    expect(left).toBeLessThanOrEqual(30 * minute);
    // A time in whole seconds is a little earlier.
    expect((decision.nextMs ?? 0) - (left - 10 * minute)).toBeLessThan(1000);
  });

  it('renews what ends within 10 minutes: the old one serves until there is a new key', () => {
    const object = begun(controller, created('Certificate'));
    const soon = Date.parse(stringAt(object, 'status', 'notAfter') ?? '') - 10 * minute;
    expect(controller.decide(lookAt(object, { now: soon - 1000 })).nextMs).toBe(1000);
    const ordered = controller.decide(lookAt(object, { now: soon }));
    const waiting = after(object, ordered);
    expect(conditionOf(waiting, 'Ready')?.status).toBe('True');
    expect(conditionOf(waiting, 'Issuing')).toMatchObject({ status: 'True', reason: 'Renewing' });
    expect(ordered.nextMs).toBe(3000);
    expect(controller.decide(lookAt(waiting, { due: false, now: soon }))).toEqual({});

    const issued = controller.decide(lookAt(waiting, { now: soon + 3000 }));
    const renewed = after(waiting, issued);
    expect(conditionOf(renewed, 'Ready')).toMatchObject({ status: 'True', reason: 'Issued' });
    expect(conditionOf(renewed, 'Issuing')?.status).toBe('False');
    expect(Date.parse(stringAt(renewed, 'status', 'notAfter') ?? '')).toBeGreaterThan(soon);
    expect(countAt(renewed, 'status', 'revision')).toBe(
      (countAt(object, 'status', 'revision') ?? 0) + 1,
    );
    expect(issued.update?.name).toBe(stringAt(object, 'spec', 'secretName'));
  });

  it('orders anew when the names change, and orders a certificate that is new', () => {
    const object = begun(controller, created('Certificate'));
    const renamed = edited(object, { dnsNames: ['other.example.com'] });
    const again = after(renamed, controller.decide(lookAt(renamed, { due: false })));
    expect(conditionOf(again, 'Issuing')).toMatchObject({ status: 'True', reason: 'Reissuing' });

    const fresh = after(created('Certificate'), controller.decide(lookAt(created('Certificate'))));
    expect(conditionOf(fresh, 'Ready')).toMatchObject({ status: 'False', reason: 'Issuing' });
    const last = after(fresh, controller.decide(lookAt(fresh)));
    expect(conditionOf(last, 'Ready')?.status).toBe('True');
    expect(countAt(last, 'status', 'revision')).toBe(1);
  });

  it('never stops renewing', () => {
    expect(() => play(controller, begun(controller, created('Certificate')))).toThrow('not end');
  });
});
