/**
 * `pnpm test`: every suite that can run here, one after the other, and one closing line.
 * Suites that need a real control plane run when one has been built or KUBEBUILDER_ASSETS names
 * one; otherwise they are named and counted as skipped, or, with KINDSCOPE_REQUIRE_CONTROL_PLANE=1,
 * fail the run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findControlPlane } from '../e2e/cluster/index.ts';
import { findOrInstallChromium } from '../e2e/fixtures/chromium.ts';
import { reportVariable, type SuiteReport } from '../e2e/report/suite-report.ts';
import { addReports, closingLines, readReport } from './tally.ts';
import { buildWeb } from './web-build.ts';

const reports = mkdtempSync(path.join(tmpdir(), 'kindscope-test-'));
const say = (line: string): void => console.log(`\n${line}`);
const required = process.env['KINDSCOPE_REQUIRE_CONTROL_PLANE'] === '1';

try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}

async function main(): Promise<boolean> {
  const controlPlane = await findControlPlane();
  const missing = 'missing' in controlPlane ? controlPlane : undefined;
  if (missing !== undefined && required) {
    say(`A control plane is demanded here, and ${missing.missing}. ${missing.remedy}`);
    return false;
  }
  const tallies: SuiteReport[] = [];
  say('Unit, contract and server tests');
  tallies.push(await vitest('unit, contract and server', []));
  if (missing === undefined) {
    say('Tests against a real control plane');
    tallies.push(await vitest('control plane', ['--config', 'vitest.control-plane.config.ts']));
  }
  if (!(await buildWeb(path.resolve('.'), say))) return false;
  const chromium = findOrInstallChromium(say);
  if (chromium !== 'bundled' && 'error' in chromium) {
    say(chromium.error);
    return false;
  }
  say('Browser tests');
  const projects = missing === undefined ? ['embedded', 'control-plane'] : ['embedded'];
  const executable = chromium === 'bundled' ? {} : { KINDSCOPE_CHROMIUM: chromium.executable };
  tallies.push(await playwright(projects, executable));
  if (missing !== undefined) {
    say('Left out, since there is no real control plane here:');
    console.log('  - control-plane: *.control-plane.test.ts');
    console.log('  - browser tests against a real kube-apiserver (project control-plane)');
    console.log(`Why: ${missing.missing}. ${missing.remedy}`);
    tallies.push({ passed: 0, skipped: 2, failures: [] });
  }
  const total = addReports(tallies);
  say(closingLines(total));
  return total.failures.length === 0 && !(required && total.skipped > 0);
}

async function vitest(name: string, args: string[]): Promise<SuiteReport> {
  const reporters = ['--reporter=default', '--reporter=./scripts/vitest-reporter.ts'];
  return reported(name, 'vitest', ['run', ...reporters, ...args], {});
}

async function playwright(
  projects: string[],
  environment: Record<string, string>,
): Promise<SuiteReport> {
  const reporter = path.resolve('e2e/report/playwright-reporter.ts');
  const chosen = projects.map((project) => `--project=${project}`);
  return reported(
    'browser',
    path.resolve('e2e/node_modules/.bin/playwright'),
    ['test', '--config', 'e2e/playwright.config.ts', `--reporter=list,${reporter}`, ...chosen],
    environment,
  );
}

async function reported(
  name: string,
  command: string,
  args: string[],
  environment: Record<string, string>,
): Promise<SuiteReport> {
  const file = path.join(reports, `${name}.json`);
  const code = await run(command, args, { ...environment, [reportVariable]: file });
  return readReport(name, read(file), code);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function run(
  command: string,
  args: string[],
  environment: Record<string, string>,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
