import { expect, it } from 'vitest';
import { created, lookAt } from '../testing/story.ts';
import { leaseHolder } from './lease.ts';

it('renews the lease every ten seconds, whatever the pace, in microseconds', () => {
  const decision = leaseHolder.decide(lookAt(created('Lease')));
  expect(decision).toEqual({ spec: { renewTime: '2026-03-01T12:00:00.000000Z' }, nextMs: 10_000 });
  expect(leaseHolder.decide(lookAt(created('Lease'), { due: false }))).toEqual({});
});
