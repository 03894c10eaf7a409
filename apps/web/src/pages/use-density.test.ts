import { describe, expect, it } from 'vitest';
import { bucketLength } from './use-density.ts';

const now = Date.UTC(2026, 10, 22, 12);
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const watchedFor = (...minutes: (number | undefined)[]) =>
  minutes.map((one) => ({
    resource: { group: '', version: 'v1', resource: 'pods' },
    ...(one !== undefined && { since: minutesAgo(one) }),
    watched: true,
    blind: [],
  }));

describe('the length of the strip’s parts', () => {
  it.each([
    ['nothing known', watchedFor(), 2500],
    ['never watched', watchedFor(undefined), 2500],
    ['watched for five minutes', watchedFor(5), 2500],
    ['watched for a good quarter', watchedFor(16), 7500],
    ['watched for an hour, elsewhere not', watchedFor(2, 61, undefined), 30_000],
    ['watched for days', watchedFor(9000), 30_000],
  ])('%s', (_, coverage, expected) => {
    expect(bucketLength(coverage, now)).toBe(expected);
  });
});
