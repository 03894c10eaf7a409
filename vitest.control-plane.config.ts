import { defineConfig } from 'vitest/config';

// Each file brings up a control plane of its own, and waits for it most of the time: two at once.
export default defineConfig({
  test: {
    name: 'control-plane',
    include: ['{packages,apps}/*/src/**/*.control-plane.test.ts', 'e2e/**/*.control-plane.test.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
