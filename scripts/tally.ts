/** How many tests a suite ran. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** @returns the sum of all. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The last line of a run. */
export function closingLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;
}

/**
 * @param report what vitest's JSON reporter wrote, if it got so far.
 * @param exitCode vitest's; a run that failed without a failed test (a crash, an unhandled error) counts as one.
 */
export function readVitest(report: string | undefined, exitCode: number): Tally {
  const counts = fields(report, (json) => json);
  return checked(
    {
      passed: counts('numPassedTests'),
      failed: counts('numFailedTests'),
      skipped: counts('numPendingTests') + counts('numTodoTests'),
    },
    exitCode,
  );
}

/** The same of Playwright's JSON reporter. A flaky test counts as failed: flaky is broken. */
export function readPlaywright(report: string | undefined, exitCode: number): Tally {
  const counts = fields(report, (json) => json['stats']);
  return checked(
    {
      passed: counts('expected'),
      failed: counts('unexpected') + counts('flaky'),
      skipped: counts('skipped'),
    },
    exitCode,
  );
}

function checked(tally: Tally, exitCode: number): Tally {
  const ran = tally.passed + tally.failed > 0;
  const unexplained = tally.failed === 0 && (exitCode !== 0 || !ran);
  return unexplained ? { ...tally, failed: 1 } : tally;
}

function fields(
  report: string | undefined,
  part: (json: Record<string, unknown>) => unknown,
): (name: string) => number {
  const json: unknown = report === undefined ? undefined : JSON.parse(report);
  const counts: unknown = isRecord(json) ? part(json) : undefined;
  return (name) => {
    const value = isRecord(counts) ? counts[name] : undefined;
    return typeof value === 'number' ? value : 0;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
