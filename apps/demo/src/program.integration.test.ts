import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const program = path.join(import.meta.dirname, 'main.ts');
const running = new Set<Child>();

function start(...args: string[]): Child {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** The ready line. */
async function ready(child: Child): Promise<{ server: string; kubeconfig: string }> {
  const [chunk] = await once(child.stdout, 'data');
  return JSON.parse(String(chunk));
}

/** The exit status, and how long it took, milliseconds. */
async function exit(child: Child): Promise<{ code: number; ms: number }> {
  const from = performance.now();
  const [code] = await once(child, 'exit');
  return { code, ms: performance.now() - from };
}

// Ended, not killed: only so does it take its kubeconfig along.
afterEach(async () => {
  const ended = [...running].map((child) => exit(child));
  for (const child of running) child.stdin.end();
  await Promise.all(ended);
});

// Generous, as a machine may be busy: the promises of the contract are in the expectations.
describe('the demo as a process', { timeout: 60_000 }, () => {
  it('says that it is ready in one line, and ends when its standard input does', async () => {
    const child = start('--token', 'secret');
    const printed = text(child.stdout);
    const complaints = text(child.stderr);
    const { server, kubeconfig } = await ready(child);
    expect(server).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(readFileSync(kubeconfig, 'utf8')).toContain('secret');
    const asked = await fetch(`${server}/version`, { headers: { authorization: 'Bearer secret' } });
    expect(asked.status).toBe(200);

    child.stdin.end();
    const { code, ms } = await exit(child);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(1000);
    expect(existsSync(path.dirname(kubeconfig))).toBe(false);
    expect((await printed).trim().split('\n')).toHaveLength(1);
    expect(await complaints).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s and takes its kubeconfig along',
    async (signal) => {
      const child = start();
      const { kubeconfig } = await ready(child);
      child.kill(signal);
      const { code, ms } = await exit(child);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(1000);
      expect(existsSync(kubeconfig)).toBe(false);
    },
  );

  it('answers a wrong flag with one line and status 2', async () => {
    const child = start('--objects', 'many');
    const [complaint, printed, { code }] = await Promise.all([
      text(child.stderr),
      text(child.stdout),
      exit(child),
    ]);
    expect(complaint).toMatch(/^kindscope demo: --objects must be .*\n$/);
    expect(printed).toBe('');
    expect(code).toBe(2);
  });

  it('plays the scenarios that are asked for, and answers an unknown one with the names', async () => {
    const child = start('--token', 'secret', '--rate', '0', '--scenario', 'field-fight');
    const { server } = await ready(child);
    const headers = { authorization: 'Bearer secret' };
    const response = await fetch(`${server}/demo/scenarios`, { headers });
    const { items } = (await response.json()) as { items: { name: string; state: string }[] };
    expect(items.filter(({ state }) => state !== 'idle')).toMatchObject([
      { name: 'field-fight', state: 'running' },
    ]);

    const wrong = start('--scenario', 'earthquake');
    const [complaint, { code }] = await Promise.all([text(wrong.stderr), exit(wrong)]);
    expect(complaint).toMatch(
      /^kindscope demo: --scenario: There is no scenario "earthquake": there are rollout, .*\n$/,
    );
    expect(code).toBe(2);

    // In the middle of a story it ends as quickly as at any other time, and in peace.
    const complaints = text(child.stderr);
    child.stdin.end();
    const ended = await exit(child);
    expect([ended.code, ended.ms < 1000]).toEqual([0, true]);
    expect(await complaints).toBe('');
  });

  it('says in one line that its port is taken', async () => {
    const first = start();
    const { server } = await ready(first);
    const second = start('--port', new URL(server).port);
    const [complaint, { code }] = await Promise.all([text(second.stderr), exit(second)]);
    expect(complaint).toBe(
      'kindscope demo: The port is taken: give another with --port, or none.\n',
    );
    expect(code).toBe(1);
  });
});
