import { expect, test } from 'vitest';
import { addReports, closingLines, readReport } from './tally.ts';

const failure = {
  name: 'a.test.ts › adds',
  message: 'Error: 3 is not 4\n    at a.test.ts:3\n    at /a/node_modules/b',
};

test('a report gives its counts and failures', () => {
  const report = { passed: 3, skipped: 2, failures: [failure] };
  expect(readReport('unit', JSON.stringify(report), 1)).toEqual(report);
});

test('a run that fails without a failed test counts as a failure', () => {
  const report = JSON.stringify({ passed: 3, skipped: 0, failures: [] });
  expect(readReport('unit', report, 1)).toEqual({
    passed: 3,
    skipped: 0,
    failures: [{ name: 'unit', message: 'It ended with 1, although no test failed.' }],
  });
  expect(readReport('unit', report, 0).failures).toEqual([]);
});

test('a run that reports nothing counts as a failure', () => {
  expect(readReport('unit', undefined, 0).failures).toEqual([
    { name: 'unit', message: 'It ended with 0, and reported nothing.' },
  ]);
});

test('a run without any test counts as a failure', () => {
  const report = JSON.stringify({ passed: 0, skipped: 1, failures: [] });
  expect(readReport('browser', report, 0).failures).toEqual([
    { name: 'browser', message: 'It ran no test.' },
  ]);
});

test('the closing lines name each failure, and sum the suites', () => {
  const total = addReports([
    { passed: 1, skipped: 0, failures: [] },
    { passed: 2, skipped: 3, failures: [failure] },
  ]);
  expect(closingLines(total).split('\n')).toEqual([
    'Failed: a.test.ts › adds',
    '    Error: 3 is not 4',
    '        at a.test.ts:3',
    '',
    '3 passed, 1 failed, 3 skipped',
  ]);
});

test('a failure that fills pages is cut, and says so', () => {
  const long = {
    name: 'x',
    message: Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n'),
  };
  const lines = closingLines({ passed: 0, skipped: 0, failures: [long] }).split('\n');
  expect(lines).toHaveLength(1 + 25 + 1 + 2);
  expect(lines).toContain('    (15 lines more above)');
});
