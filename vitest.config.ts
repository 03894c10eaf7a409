import { defineConfig } from 'vitest/config';

const sources = '{packages/*/src,apps/{server,demo}/src,e2e,scripts}';

// `unit` starts no program and waits for no network; `pnpm test:unit` is it and the page's tests.
// Suites that need a real control plane have a configuration of their own.
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // No module of ours keeps state, so that files can share a worker.
          isolate: false,
          include: [`${sources}/**/*.test.ts`],
          exclude: ['**/node_modules/**', '**/*.{integration,control-plane}.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: [`${sources}/**/*.integration.test.ts`],
          exclude: ['**/node_modules/**'],
        },
      },
      './apps/web/vite.config.ts',
    ],
  },
});
