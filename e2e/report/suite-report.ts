import { writeFileSync } from 'node:fs';

/** What a run of one suite came to, as its reporter writes it for `pnpm test`. */
export interface SuiteReport {
  readonly passed: number;
  readonly skipped: number;
  /** Each test that failed, and each error that belongs to none. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** File and titles; of an error that belongs to no test, where it came from. */
  readonly name: string;
  /** What was thrown, with its stack where there is one. */
  readonly message: string;
}

/** The variable that names the file a reporter writes to. */
export const reportVariable = 'KINDSCOPE_SUITE_REPORT';

/** @throws an Error when the variable is not set: a reporter that writes nowhere reports nothing. */
export function writeSuiteReport(report: SuiteReport): void {
  const file = process.env[reportVariable];
  if (file === undefined) throw new Error(`${reportVariable} must name the file to write to`);
  writeFileSync(file, JSON.stringify(report));
}
