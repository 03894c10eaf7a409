import { expect, test } from 'vitest';
import { addTallies, closingLine, readPlaywright, readVitest } from './tally.ts';

test('a vitest report gives its counts', () => {
  const report = JSON.stringify({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2 });
  expect(readVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a run that fails without a failed test counts as a failure', () => {
  expect(readVitest(JSON.stringify({ numPassedTests: 3 }), 1).failed).toBe(1);
  expect(readVitest(undefined, 0).failed).toBe(1);
});

test('a run without any test counts as a failure', () => {
  expect(readPlaywright(JSON.stringify({ stats: { expected: 0 } }), 0).failed).toBe(1);
});

test('a flaky browser test counts as a failure', () => {
  const report = JSON.stringify({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 0 } });
  expect(readPlaywright(report, 0)).toEqual({ passed: 4, failed: 1, skipped: 0 });
});

test('the closing line sums the suites', () => {
  const total = addTallies([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 3 },
  ]);
  expect(closingLine(total)).toBe('3 passed, 1 failed, 3 skipped');
});
