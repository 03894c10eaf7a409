import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findControlPlane, startControlPlane, type ControlPlane } from '../cluster/index.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const readme = await readFile(path.join(root, 'README.md'), 'utf8');
const found = await findControlPlane();
const why = 'missing' in found ? `: ${found.missing}` : '';

/** The commands of a section of the README, block by block, as they are written. */
function commandsOf(title: string): string[] {
  const [, section = ''] = readme.split(`\n## ${title}\n`);
  const [text = ''] = section.split('\n## ');
  return Array.from(text.matchAll(/^```sh\n(.*?)^```$/gms), ([, block = '']) => block);
}

// What starts Kindscope is started by every other test; what stays is what is typed beside it.
const typed = (block: string): boolean => block.includes('kubectl ');
const operator = 'sh examples/website/operator.sh\n';

describe.skipIf('missing' in found)(`the README's guides${why}`, { timeout: 180_000 }, () => {
  let plane: ControlPlane;
  let env: NodeJS.ProcessEnv;
  let working: ChildProcess | undefined;

  beforeAll(async () => {
    plane = await startControlPlane();
    const bin = path.dirname(plane.kubectl);
    env = { ...process.env, KUBECONFIG: plane.kubeconfig, PATH: `${bin}:${process.env['PATH']}` };
  });
  afterAll(async () => {
    // The whole group: a shell may leave its children.
    if (working?.pid !== undefined) process.kill(-working.pid);
    await plane?.stop();
  });

  async function type(block: string): Promise<string> {
    const { stdout } = await run('sh', ['-euc', block], { cwd: root, env });
    return stdout;
  }

  test('“Watch your rollout” runs as written', async () => {
    const blocks = commandsOf('Watch your rollout').filter(typed);
    expect(blocks).toHaveLength(2);
    const [rollOut = '', getStuck = ''] = blocks;
    expect(await type(rollOut)).toContain('deployment "hello" successfully rolled out');
    expect(await type(getStuck)).toContain('deployment.apps/hello rolled back');
  });

  test('“Watch your own operator” runs as written, and the quota keeps it from going on', async () => {
    const blocks = commandsOf('Watch your own operator');
    expect(blocks).toContain(operator);
    const [install = '', change = '', goOn = ''] = blocks.filter(typed);
    await type(install);
    working = spawn('sh', ['-c', operator], {
      cwd: root,
      env,
      stdio: 'ignore',
      detached: true,
    });
    await type('kubectl wait --for condition=Ready website --all --namespace sites --timeout 60s');
    await type(change);
    const stuck = '{.status.conditions[0].reason}=RolloutStuck';
    await type(`kubectl wait --for jsonpath='${stuck}' website/blog -n sites --timeout 90s`);
    const events = await type('kubectl get events --namespace sites');
    expect(events).toContain('exceeded quota: few-pods');
    expect(await type(goOn)).toContain('website.sites.example.com/blog condition met');
  });
});
