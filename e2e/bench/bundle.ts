import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWeb } from '../../scripts/web-build.ts';
import type { Bench } from './bench.ts';
import { round } from './statistics.ts';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'apps/web/dist');

/** Scripts the page loads before it can show anything: what index.html names. */
export const bundle: Bench = {
  name: 'bundle',
  about: 'Gzipped JavaScript of the first view.',
  run: async () => {
    if (!(await buildWeb(root, () => undefined))) throw new Error('The page could not be built.');
    const html = await readFile(path.join(dist, 'index.html'), 'utf8');
    const files = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, file = '']) => file);
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await readFile(path.join(dist, file))).length),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes === 0)
      throw new Error('index.html names no script: the build has changed its shape.');
    return {
      params: { files: files.length },
      metrics: { firstViewKb: round(bytes / 1000, 1) },
      ratios: {},
    };
  },
};
