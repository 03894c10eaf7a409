import { defineConfig } from 'vitest/config';

// Each file brings up a control plane of its own: one at a time, on few cores.
export default defineConfig({
  test: {
    name: 'control-plane',
    include: ['{packages,apps}/*/src/**/*.control-plane.test.ts', 'e2e/**/*.control-plane.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
