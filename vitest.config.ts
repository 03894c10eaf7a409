import { defineConfig } from 'vitest/config';

// Suites that need a real control plane are projects of their own in scripts/test.ts: here runs what needs nothing.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/{server,demo}/src/**/*.test.ts',
            'e2e/cluster/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/*.control-plane.test.ts', '**/node_modules/**'],
        },
      },
      './apps/web/vite.config.ts',
    ],
  },
});
