import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeApiServer } from '@kindscope/fake-apiserver';
import { expect, test } from 'vitest';
import { createDirectory } from './testing/kubeconfig-file.ts';
import { until } from './testing/live-cluster.ts';

const home = join(import.meta.dirname, '..');
const example = join(home, 'examples/follow.ts');

test('the example in the README is the one that is run', () => {
  const readme = readFileSync(join(home, 'README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\``);
});

test('the example says what there is, and that it is live', async () => {
  const directory = createDirectory();
  const server = await createFakeApiServer();
  const kubeconfig = join(directory.path, 'config');
  writeFileSync(kubeconfig, server.kubeconfig());
  const child = spawn(process.execPath, [example], {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await until('it is live', () => said.includes('live\n'), 20_000);
    expect(said).toMatch(/^add default\n[^]*synced \n[^]*live\n$/);
  } finally {
    child.kill();
    await server.close();
    directory.remove();
  }
}, 30_000);
