import type { Failure, SuiteReport } from '../e2e/report/suite-report.ts';

/**
 * @param report what the reporter of a suite wrote, if it got so far.
 * @param exitCode the suite's; a run that failed without a failure (a crash), or ran nothing, counts as one.
 */
export function readReport(
  suite: string,
  report: string | undefined,
  exitCode: number,
): SuiteReport {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Our own reporter wrote it.
  const read = report === undefined ? undefined : (JSON.parse(report) as SuiteReport);
  const broken = (message: string): SuiteReport => ({
    passed: read?.passed ?? 0,
    skipped: read?.skipped ?? 0,
    failures: [{ name: suite, message }],
  });
  if (read === undefined) return broken(`It ended with ${exitCode}, and reported nothing.`);
  if (read.failures.length > 0) return read;
  if (exitCode !== 0) return broken(`It ended with ${exitCode}, although no test failed.`);
  return read.passed > 0 ? read : broken('It ran no test.');
}

/** @returns the sum of all. */
export function addReports(reports: readonly SuiteReport[]): SuiteReport {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    skipped: reports.reduce((sum, report) => sum + report.skipped, 0),
    failures: reports.flatMap((report) => report.failures),
  };
}

/** The last lines of a run: each failure once more, since thousands of lines may stand between, and the counts. */
export function closingLines(report: SuiteReport): string {
  const { passed, skipped, failures } = report;
  return [
    ...failures.map(inFull),
    `${passed} passed, ${failures.length} failed, ${skipped} skipped`,
  ].join('\n');
}

const most = 25;

function inFull({ name, message }: Failure): string {
  const lines = message.split('\n').filter((line) => !line.includes('/node_modules/'));
  const more = lines.length > most ? [`(${lines.length - most} lines more above)`] : [];
  const shown = [...lines.slice(0, most), ...more].map((line) => `    ${line}`);
  return [`Failed: ${name}`, ...shown, ''].join('\n');
}
