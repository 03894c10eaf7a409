import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `vite dev` finds the program, when it was started by itself. */
const server = process.env['KINDSCOPE_URL'] ?? 'http://127.0.0.1:7373';

export default defineConfig({
  plugins: [react()],
  // The page's files are addressed relative to its <base>, so that it can be served under any path.
  base: './',
  server: { proxy: { '/api': { target: server, ws: true } } },
  build: {
    outDir: 'dist',
    target: 'es2024',
    sourcemap: true,
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The wire schemas are for the server: the page takes their types and a constant, so they must not be shipped.
      treeshake: {
        moduleSideEffects: (id) => !/\/packages\/(protocol|kube)\/|\/typebox\//.test(id),
      },
    },
  },
  test: {
    name: 'web',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    // The contrast of the colours is tested on the file itself.
    css: { include: [/tokens\.css/] },
  },
});
