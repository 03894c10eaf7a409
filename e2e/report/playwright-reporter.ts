import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { type Failure, writeSuiteReport } from './suite-report.ts';

/** Tells `pnpm test` what the browser tests came to. A flaky test counts as failed: flaky is broken. */
export default class PlaywrightReporter implements Reporter {
  readonly #errors: Failure[] = [];
  #tests: readonly TestCase[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#tests = suite.allTests();
  }

  onError(error: TestError): void {
    this.#errors.push({ name: 'outside any test', message: messageOf([error]) });
  }

  onEnd(): void {
    const failed = this.#tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome()));
    writeSuiteReport({
      passed: this.#tests.filter((test) => test.outcome() === 'expected').length,
      skipped: this.#tests.filter((test) => test.outcome() === 'skipped').length,
      failures: [
        ...failed.map((test) => ({
          name: test.titlePath().filter(Boolean).join(' › '),
          message: messageOf(test.results.flatMap((result) => result.errors)),
        })),
        ...this.#errors,
      ],
    });
  }

  printsToStdio(): boolean {
    return false;
  }
}

function messageOf(errors: readonly TestError[]): string {
  const texts = errors.map((error) => error.stack ?? error.message ?? error.value ?? '');
  return texts.filter(Boolean).join('\n\n') || 'no error was given';
}
