/** `pnpm bench <name> [--size small|medium|large] [--turns N] [--json]` */
import { parseArgs } from 'node:util';
import { findOrInstallChromium } from '../fixtures/chromium.ts';
import { apiserver } from './apiserver.ts';
import type { Bench, Size } from './bench.ts';
import { bundle } from './bundle.ts';
import { endToEnd } from './end-to-end.ts';
import { timeline } from './timeline.ts';

const benches: readonly Bench[] = [endToEnd, bundle, apiserver, timeline];
const sizes: readonly Size[] = ['small', 'medium', 'large'];

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: 'small' },
      turns: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const bench = benches.find(({ name }) => name === positionals[0]);
  const size = sizes.find((known) => known === values.size);
  const turns = Number(values.turns);
  if (bench === undefined || size === undefined || !(Number.isInteger(turns) && turns > 0)) {
    const list = benches.map(({ name, about }) => `  ${name}: ${about}`).join('\n');
    console.error(
      `Usage: pnpm bench <name> [--size ${sizes.join('|')}] [--turns N] [--json]\n${list}`,
    );
    return 2;
  }
  const chromium = findOrInstallChromium(console.error);
  if (chromium !== 'bundled' && 'executable' in chromium) {
    process.env['KINDSCOPE_CHROMIUM'] = chromium.executable;
  }
  const result = await bench.run(size, turns);
  for (const [name, value] of Object.entries({ ...result.metrics, ...result.ratios })) {
    console.log(`${name.padEnd(24)} ${value}`);
  }
  if (values.json) console.log(JSON.stringify({ bench: bench.name, size, ...result }));
  return 0;
}
