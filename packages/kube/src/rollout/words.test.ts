import { expect, it } from 'vitest';
import { inWords } from './words.ts';

it('puts reasons of the API in words', () => {
  expect(
    [
      'ProgressDeadlineExceeded',
      'DNSNotReady',
      'WaitingForDNS',
      'IPv4Exhausted',
      'HTTP2Failed',
      'pending',
      'Ready',
      'Generation not observed yet',
      'in-progress',
      '',
    ].map((reason) => inWords(reason)),
  ).toEqual([
    'Progress deadline exceeded',
    'DNS not ready',
    'Waiting for DNS',
    'IPv4 exhausted',
    'HTTP2 failed',
    'Pending',
    'Ready',
    'Generation not observed yet',
    'in-progress',
    '',
  ]);
});

it('is never long', () => {
  expect(inWords('a very long reason '.repeat(20))).toHaveLength(80);
  expect(inWords('VeryLongReason'.repeat(2000))).toHaveLength(80);
});
