import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type DemoProcess } from './demo-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindscope-demo-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that stands for the demo. */
async function start(code: string, readyMs?: number) {
  const program = join(folder, `${crypto.randomUUID()}.mjs`);
  await writeFile(program, code);
  return startDemo({
    program,
    objects: 7,
    rate: undefined,
    scenarios: ['rollout', 'field-fight'],
    ...(readyMs !== undefined && { readyMs }),
  });
}

const sayReady = `console.log(JSON.stringify({
  ready: true, server: String(process.pid), kubeconfig: process.argv.slice(2).join(' '),
}));`;
const stay = 'process.stdin.resume().on("end", () => process.exit(0));';

async function ready(code: string): Promise<DemoProcess> {
  const demo = await start(code);
  if (!demo.ok) throw new Error(demo.fault.detail);
  return demo.value;
}

/** By the process id that the stand-in gives as its server. */
function runs(demo: DemoProcess): boolean {
  try {
    return process.kill(Number(demo.server), 0);
  } catch {
    return false;
  }
}

describe('the demo', () => {
  it('is given what was asked for, and ends when its input does', async () => {
    const demo = await ready(sayReady + stay);
    expect(demo.kubeconfig).toBe('--objects 7 --scenario rollout --scenario field-fight');
    expect(runs(demo)).toBe(true);
    let lost = false;
    demo.onLost(() => {
      lost = true;
    });
    await demo.stop();
    await demo.stop();
    expect(lost).toBe(false);
    expect(runs(demo)).toBe(false);
  });

  it('that does not end is killed', async () => {
    const demo = await ready(`${sayReady} setInterval(() => {}, 1000);`);
    await demo.stop();
    expect(runs(demo)).toBe(false);
  });

  it('that ends by itself is said to', async () => {
    const demo = await ready(`${sayReady} setTimeout(() => process.exit(3), 50);`);
    const fault = await new Promise((resolve) => demo.onLost(resolve));
    expect(fault).toMatchObject({ detail: 'The embedded demo cluster has ended (exit status 3).' });
  });

  const failures: [string, string, string, number?][] = [
    ['ends', 'process.exit(1)', 'did not start (exit status 1)'],
    ['says something else', `console.log('hello');${stay}`, 'said "hello" instead of being ready'],
    ['is never ready', stay, 'was not ready within 0.3 s', 300],
  ];
  it.each(failures)('that %s is a failure', async (_name, code, detail, readyMs) => {
    expect(await start(code, readyMs)).toMatchObject({
      ok: false,
      fault: { code: 'demo-failed', detail: expect.stringContaining(detail) },
    });
  });
});
