import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeApiServer, type FakeApiServer } from '@kindscope/fake-apiserver';
import { certificate, privateKey } from '@kindscope/informer/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProgram, type Program } from './testing/program.ts';

// Each test starts the real program, some of them twice, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let home: string;
const programs: Program[] = [];
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kindscope-cli-'));
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
  for (const close of closing.splice(0)) await close();
  await rm(home, { recursive: true, force: true });
});

function start(args: string[], env: Record<string, string> = {}): Program {
  const program = startProgram(args, { home, env });
  programs.push(program);
  return program;
}

/** What it says when it does not start: one line, and nothing else. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const program = start(args, env);
  expect(await program.ended).toBeGreaterThan(0);
  expect(program.stdout).not.toContain('Kindscope ready');
  expect(program.stderr).toMatch(/^kindscope: [^\n]+\n$/);
  return program.stderr;
}

async function kubeconfig(server: string, more: object = {}): Promise<string> {
  const path = join(home, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server, ...more } }],
    users: [{ name: 'u', user: { token: 'wrong' } }],
    contexts: [
      { name: 'staging', context: { cluster: 'c', user: 'u' } },
      { name: 'production', context: { cluster: 'c', user: 'u' } },
    ],
    'current-context': 'staging',
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

async function startApi(): Promise<FakeApiServer> {
  const api = await createFakeApiServer();
  closing.push(() => api.close());
  return api;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const ready = /^Kindscope ready: (http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)$/m;

describe('what is wrong is one line, and the exit status is not 0', () => {
  it('a wrong flag, with the nearest one', async () => {
    expect(await refusal(['--contxt', 'x'])).toContain(
      'Unknown flag --contxt: did you mean --context?',
    );
    expect(await refusal([], { KINDSCOPE_PORT: 'x' })).toContain('KINDSCOPE_PORT must be');
  });

  it('a kubeconfig that is not there, by flag and by KUBECONFIG', async () => {
    const missing = join(home, 'nope');
    expect(await refusal(['--kubeconfig', missing])).toContain(`${missing} cannot be read`);
    expect(await refusal([], { KUBECONFIG: missing })).toContain(missing);
  });

  it('a kubeconfig that is none', async () => {
    const path = join(home, 'config');
    await writeFile(path, 'a: [b');
    expect(await refusal(['--kubeconfig', path])).toContain(`${path} is not a kubeconfig`);
  });

  it('a server that is no address', async () => {
    const path = await kubeconfig('127.0.0.1:6443');
    expect(await refusal(['--kubeconfig', path])).toContain(
      '“127.0.0.1:6443”, which is no address',
    );
  });

  it('an unknown context, with those there are', async () => {
    const path = await kubeconfig('http://127.0.0.1:1');
    const line = await refusal(['--kubeconfig', path, '--context', 'prod']);
    expect(line).toContain('prod');
    expect(line).toContain('staging, production');
    expect(line).toContain('--context');
    await mkdir(join(home, '.kube'));
    await writeFile(join(home, '.kube/config'), '{"contexts": []}');
    expect(await refusal(['--context', 'prod'])).toContain('prod');
  });

  it('a port in use', async () => {
    const port = await listening(createServer());
    const path = await kubeconfig('http://127.0.0.1:1');
    expect(await refusal(['--kubeconfig', path, '--port', String(port)])).toContain(
      `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or choose another with --port`,
    );
  });

  it('an address that is not of this machine', async () => {
    const path = await kubeconfig('http://127.0.0.1:1');
    const open = ['--listen', '192.0.2.1', '--allowed-host', 'k.example', '--port', '0'];
    expect(
      await refusal(['--kubeconfig', path, ...open], { KINDSCOPE_TOKEN: '0123456789abcdef' }),
    ).toContain('192.0.2.1 is not an address of this machine.');
  });
});

describe('a question', () => {
  it('is answered, and that is all', async () => {
    const version = start(['--version']);
    expect(await version.ended).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = start(['--help']);
    expect(await help.ended).toBe(0);
    expect(help.stdout).toContain('--kubeconfig PATH');
  });
});

describe('a cluster that cannot be used is one line in the terminal and on the page', () => {
  async function trouble(program: Program, line: RegExp): Promise<string> {
    const [, origin, token] = await program.says(ready);
    await program.says(line);
    const response = await fetch(`${origin}/api/v1/cluster`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { state } = (await response.json()) as {
      state: { kind: string; fault: { detail: string; remedy: string } };
    };
    expect(state.kind).toBe('unreachable');
    expect(program.stderr).toBe(`kindscope: ${state.fault.detail} ${state.fault.remedy}\n`);
    return program.stderr;
  }

  it('unreachable, until it answers', async () => {
    const api = await startApi();
    const path = join(home, 'kubeconfig');
    await writeFile(path, api.kubeconfig());
    await api.stop();
    const program = start(['--kubeconfig', path, '--port', '0']);
    const line = await trouble(program, /connection was refused/);
    expect(line).toContain('Kindscope keeps trying.');
    await api.start();
    await program.says(/^The cluster answers again\.$/m);
    expect(program.stderr).toBe(line);
  });

  it('a certificate authority that is not there', async () => {
    const path = await kubeconfig('https://127.0.0.1:1', { 'certificate-authority': 'no.crt' });
    const line = await trouble(start(['--kubeconfig', path, '--port', '0']), /no\.crt/);
    expect(line).toContain('Kindscope keeps trying.');
  });

  it('refused credentials', async () => {
    const api = await startApi();
    const program = start(['--kubeconfig', await kubeconfig(api.url), '--port', '0']);
    const line = await trouble(program, /^kindscope: /m);
    expect(line).toMatch(/credentials|unauthorized/i);
  });

  it('an untrusted certificate', async () => {
    const server = createTlsServer({ cert: certificate, key: privateKey });
    const port = await listening(server);
    const path = await kubeconfig(`https://127.0.0.1:${port}`);
    const line = await trouble(start(['--kubeconfig', path, '--port', '0']), /certificate/);
    expect(line).toContain('certificate-authority');
  });
});

describe('the cluster', () => {
  it('that may not be read at all is said in one line', async () => {
    const message = 'forbidden: User "x" cannot get path "/api"';
    const body = Buffer.from(JSON.stringify({ kind: 'Status', code: 403, message }));
    const api = await createFakeApiServer({
      intercept: ({ segments }) =>
        segments.includes('readyz')
          ? undefined
          : { kind: 'body', status: 403, contentType: 'application/json', body },
    });
    closing.push(() => api.close());
    const path = join(home, 'kubeconfig');
    await writeFile(path, api.kubeconfig());
    const program = start(['--kubeconfig', path, '--port', '0']);
    await program.says(/system:discovery/);
    expect(program.stderr).toMatch(/^kindscope: forbidden: User "x" [^\n]+\n$/);
  });

  it('is shown as far as its default namespace where the context names none', async () => {
    const api = await createFakeApiServer({
      token: 'wrong',
      intercept: ({ segments }) =>
        segments.includes('configmaps') && !segments.includes('namespaces')
          ? { kind: 'body', status: 403, contentType: 'text/plain', body: Buffer.from('no') }
          : undefined,
    });
    closing.push(() => api.close());
    const program = start(['--kubeconfig', await kubeconfig(api.url), '--port', '0']);
    const [, origin, token] = await program.says(ready);
    const path = '/api/v1/resources/core/v1/configmaps/objects';
    const headers = { authorization: `Bearer ${token}` };
    const list = await (await fetch(`${origin}${path}`, { headers })).json();
    expect(list).toMatchObject({ syncing: false, freshness: { kind: 'live' } });
  });

  it('is named by host and port alone: its path may hold a secret', async () => {
    const api = await startApi();
    const path = join(home, 'kubeconfig');
    await writeFile(path, api.kubeconfig());
    const program = start(['--kubeconfig', path, '--port', '0']);
    const [, origin, token] = await program.says(ready);
    const headers = { authorization: `Bearer ${token}` };
    const shown = await (await fetch(`${origin}/api/v1/cluster`, { headers })).text();
    expect(shown).toContain(api.url);
    expect(shown + program.stdout).not.toContain(api.token);
  });

  it('is that of the flag, else of KUBECONFIG, else of the default file', async () => {
    const [named, other, standard] = await Promise.all([startApi(), startApi(), startApi()]);
    const paths = { named: join(home, 'named'), other: join(home, 'other') };
    await mkdir(join(home, '.kube'));
    await writeFile(paths.named, named.kubeconfig());
    await writeFile(paths.other, other.kubeconfig());
    await writeFile(join(home, '.kube/config'), standard.kubeconfig());
    const chosen = async (args: string[], env: Record<string, string>) => {
      const program = start([...args, '--port', '0'], env);
      const [, source] = await program.says(/^Cluster: demo \(([^)]+)\)/m);
      return source;
    };
    const flag = ['--kubeconfig', paths.named];
    expect(await chosen(flag, { KUBECONFIG: paths.other })).toBe(paths.named);
    expect(await chosen([], { KUBECONFIG: paths.other })).toBe(paths.other);
    expect(await chosen([], {})).toBe(join(home, '.kube/config'));
  });
});

describe('the program', () => {
  it('ends within 2 s of Ctrl-C while pages look, with status 0', async () => {
    const api = await startApi();
    await mkdir(join(home, '.kube'));
    await writeFile(join(home, '.kube/config'), api.kubeconfig());
    const program = start(['--', '--port=0'], { KINDSCOPE_TOKEN: 'abc' });
    const [, origin, token] = await program.says(ready);
    expect(token).toBe('abc');
    expect(program.stdout).toContain(`Cluster: demo (${join(home, '.kube/config')})`);
    const stream = await fetch(`${origin}/api/v1/changes/stream?resource=core/v1/pods`, {
      headers: { authorization: 'Bearer abc' },
    });
    expect(stream.status).toBe(200);
    const began = performance.now();
    program.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(program.stderr).toBe('');
    await stream.body?.cancel().catch(() => undefined);
  });

  it('shows the demo where there is no cluster, says so, and takes it with it', async () => {
    const program = start(['--port', '0', '--demo-objects', '50', '--demo-rate', '0']);
    const [, origin, token] = await program.says(ready);
    expect(program.stdout).toContain(
      'Cluster: the embedded demo cluster, as no kubeconfig and no service account was found',
    );
    const response = await fetch(`${origin}/api/v1/cluster`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const cluster = (await response.json()) as { kubeconfig: string; server: string };
    expect(cluster).toMatchObject({ embedded: true, context: 'demo' });
    expect(program.stdout).toContain(`kubectl --kubeconfig ${cluster.kubeconfig}`);
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    await expect(fetch(cluster.server)).rejects.toThrow('fetch failed');
  });
});
