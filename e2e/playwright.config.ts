import { defineConfig } from '@playwright/test';
import { chromiumArguments } from './fixtures/chromium-arguments.ts';

const executable = process.env['KINDSCOPE_CHROMIUM'];

// The same specs run against the embedded API server and against a real control plane; a spec
// that only one of them can run says so in its file name.
export default defineConfig({
  testDir: './tests',
  // Each has a cluster, a program and a browser of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: '../test-results',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executable === undefined ? {} : { executablePath: executable }),
      args: [...chromiumArguments],
    },
  },
  projects: [
    { name: 'embedded', testIgnore: '**/*.control-plane.spec.ts' },
    { name: 'control-plane', testIgnore: '**/*.embedded.spec.ts' },
  ],
});
