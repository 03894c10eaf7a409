import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { type Failure, writeSuiteReport } from '../e2e/report/suite-report.ts';

/**
 * Tells `pnpm test` what a run of vitest came to, with the errors that belong to no test, which
 * vitest's own JSON report leaves out.
 */
export default class VitestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const failed = tests.filter((test) => test.result().state === 'failed');
    writeSuiteReport({
      passed: tests.filter((test) => test.result().state === 'passed').length,
      // A test that never ended is no test that passed.
      skipped: tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).length,
      failures: [
        ...failed.map((test) => failure(nameOf(test), test.result().errors ?? [])),
        ...suites
          .filter((suite) => suite.errors().length > 0)
          .map((suite) => failure(nameOf(suite), suite.errors())),
        ...unhandled.map((error) => failure('outside any test', [error])),
      ],
    });
  }
}

function nameOf(entity: TestModule | TestSuite | TestCase): string {
  if (entity.type === 'module') return entity.relativeModuleId;
  return `${entity.module.relativeModuleId} › ${entity.fullName}`;
}

function failure(name: string, errors: readonly SerializedError[]): Failure {
  const texts = errors.map((error) => error.stack ?? error.message);
  return { name, message: texts.filter(Boolean).join('\n\n') || 'no error was given' };
}
