import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { loadCredentials } from './kubeconfig.ts';
import { certificate } from './testing/certificate.ts';
import { createDirectory, credentialsOf, writeKubeConfig } from './testing/kubeconfig-file.ts';

const directory = createDirectory();
afterAll(() => directory.remove());
afterEach(() => vi.unstubAllEnvs());

const cluster = { server: 'https://127.0.0.1:6443/' };

function file(name: string, text: string): string {
  const path = join(directory.path, name);
  writeFileSync(path, text);
  return path;
}

function errorOf(source: Parameters<typeof loadCredentials>[0]) {
  const result = loadCredentials(source);
  return result.ok ? undefined : result.error;
}

describe('finding a kubeconfig', () => {
  test('says server, context, namespace and source', () => {
    const path = writeKubeConfig(directory.path, {
      cluster,
      user: { token: 't' },
      namespace: 'shop',
    });
    expect(credentialsOf(path)).toMatchObject({
      context: 'test',
      source: path,
      server: 'https://127.0.0.1:6443',
      namespace: 'shop',
      contexts: ['test'],
    });
  });

  test('a file that is not there, or is no kubeconfig, is named', () => {
    expect(errorOf({ kubeconfig: '/nowhere/config' })).toMatchObject({
      code: 'unreadable',
      detail: 'The kubeconfig /nowhere/config cannot be read: there is no such file.',
    });
    for (const text of ['', '{', 'kind: Config', 'clusters: [{name: c}]']) {
      const path = file('broken', text);
      const error = errorOf({ kubeconfig: path });
      expect(error?.detail).toContain(path);
      expect(['invalid', 'no-context']).toContain(error?.code);
    }
  });

  test.each([
    ['just text', 'it has no names with values in it'],
    ['[1, 2]', 'it has no names with values in it'],
    ['users: 6', 'users is no list'],
    ['clusters: [{name: c, cluster: {server: 12345}}]', 'clusters[0].cluster.server is no text'],
  ])('a file that holds %s is said to be none', (text, why) => {
    const kubeconfig = file('odd', text);
    expect(errorOf({ kubeconfig })).toMatchObject({
      code: 'invalid',
      detail: `${kubeconfig} is not a kubeconfig: ${why}.`,
    });
  });

  test('a directory is said to be one', () => {
    expect(errorOf({ kubeconfig: directory.path })?.detail).toContain(': it is a directory.');
  });

  test.each(['not a url', '127.0.0.1:6443', 'ftp://host', 'https://', 'http://127.0.0.1:99999'])(
    'a server at %s is no address, and nothing is thrown',
    (server) => {
      const path = writeKubeConfig(directory.path, { cluster: { server }, user: { token: 't' } });
      expect(errorOf({ kubeconfig: path })).toMatchObject({
        code: 'invalid',
        detail: expect.stringContaining('which is no address'),
      });
    },
  );

  test('a proxy that is no http or https address is named', () => {
    const proxied = { ...cluster, 'proxy-url': 'socks5://127.0.0.1:1' };
    const path = writeKubeConfig(directory.path, { cluster: proxied, user: { token: 't' } });
    expect(errorOf({ kubeconfig: path })?.detail).toContain(
      'context “test” names the proxy “socks5://127.0.0.1:1”',
    );
  });

  test('an unknown context is answered with the known ones', () => {
    const kubeconfig = writeKubeConfig(directory.path, { cluster, user: { token: 't' } });
    expect(errorOf({ kubeconfig, context: 'prod' })).toMatchObject({
      code: 'unknown-context',
      detail: `${kubeconfig} has no context “prod”. It has: test.`,
    });
  });

  test('a context that names a missing user or cluster is invalid', () => {
    const text = (context: object) =>
      JSON.stringify({
        clusters: [{ name: 'c', cluster }],
        users: [],
        contexts: [{ name: 'x', context }],
        'current-context': 'x',
      });
    expect(
      errorOf({ kubeconfig: file('no-user', text({ cluster: 'c', user: 'gone' })) })?.detail,
    ).toContain('names a user “gone” that is not there');
    expect(
      errorOf({ kubeconfig: file('no-cluster', text({ cluster: 'gone' })) })?.detail,
    ).toContain('names a cluster “gone” that is not there');
  });

  test('KUBECONFIG may list files: the first to say something wins, missing ones are passed over', () => {
    const one = file(
      'one',
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'https://one' } }],
        contexts: [{ name: 'a', context: { cluster: 'c' } }],
        'current-context': 'a',
      }),
    );
    const two = file(
      'two',
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'https://two' } }],
        contexts: [
          { name: 'a', context: { cluster: 'c' } },
          { name: 'b', context: { cluster: 'c' } },
        ],
        'current-context': 'b',
      }),
    );
    vi.stubEnv('KUBECONFIG', [one, '/nowhere', two].join(delimiter));
    const result = loadCredentials({});
    expect(result).toMatchObject({
      ok: true,
      credentials: { server: 'https://one', context: 'a', contexts: ['a', 'b'] },
    });
    vi.stubEnv('KUBECONFIG', '/nowhere');
    expect(errorOf({})).toMatchObject({ code: 'unreadable' });
  });

  test('without any, it says that there is no cluster', () => {
    vi.stubEnv('KUBECONFIG', '');
    vi.stubEnv('HOME', directory.path);
    vi.stubEnv('KUBERNETES_SERVICE_HOST', undefined);
    expect(errorOf({})).toMatchObject({ code: 'no-cluster' });
    expect(errorOf({ inCluster: true })).toMatchObject({ code: 'not-in-cluster' });
  });
});

describe('authenticating', () => {
  async function headers(user: object): Promise<Readonly<Record<string, string>>> {
    const credentials = credentialsOf(writeKubeConfig(directory.path, { cluster, user }));
    return (await credentials.authenticate({ force: false })).headers;
  }

  test('a token, a password and a token file become headers', async () => {
    expect(await headers({ token: 'abc' })).toEqual({ authorization: 'Bearer abc' });
    expect(await headers({ username: 'u', password: 'p' })).toEqual({
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    });
    file('token', 'from a file\n');
    expect(await headers({ tokenFile: 'token' })).toEqual({ authorization: 'Bearer from a file' });
  });

  test('the cluster’s authority is trusted, with a user and without', async () => {
    const trusted = {
      ...cluster,
      'certificate-authority-data': Buffer.from(certificate).toString('base64'),
    };
    for (const user of [{ token: 't' }, undefined]) {
      const path = writeKubeConfig(directory.path, { cluster: trusted, ...(user && { user }) });
      const { tls } = await credentialsOf(path).authenticate({ force: false });
      expect(String(tls.ca)).toBe(certificate);
      expect(tls.rejectUnauthorized).toBeUndefined();
    }
  });

  test('a client certificate is read from its file, beside the kubeconfig', async () => {
    file('client.crt', 'CERT');
    file('client.key', 'KEY');
    const user = { 'client-certificate': 'client.crt', 'client-key': 'client.key' };
    const credentials = credentialsOf(writeKubeConfig(directory.path, { cluster, user }));
    const { tls } = await credentials.authenticate({ force: false });
    expect([String(tls.cert), String(tls.key)]).toEqual(['CERT', 'KEY']);
  });

  test('an exec plugin runs once for all who wait, is kept, and runs again by force', async () => {
    const script = `
      const fs = require('node:fs');
      fs.appendFileSync(${JSON.stringify(join(directory.path, 'runs'))}, 'x');
      const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
      const runs = fs.readFileSync(${JSON.stringify(join(directory.path, 'runs'))}, 'utf8').length;
      console.log(JSON.stringify({ kind: 'ExecCredential', status: { token: info.spec.cluster.server + '#' + runs } }));
    `;
    const user = {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: process.execPath,
        args: ['-e', script],
      },
    };
    const credentials = credentialsOf(writeKubeConfig(directory.path, { cluster, user }));
    const both = await Promise.all([
      credentials.authenticate({ force: false }),
      credentials.authenticate({ force: false }),
    ]);
    const tokens = both.map((one) => one.headers['authorization']);
    expect(tokens).toEqual(Array(2).fill('Bearer https://127.0.0.1:6443#1'));
    expect((await credentials.authenticate({ force: false })).headers['authorization']).toMatch(
      /#1$/,
    );
    expect((await credentials.authenticate({ force: true })).headers['authorization']).toMatch(
      /#2$/,
    );
  });

  test('a plugin that is missing or fails is named, with what it said', async () => {
    const failing = {
      exec: {
        command: process.execPath,
        args: ['-e', 'console.error("log in first"); process.exit(1)'],
      },
    };
    await expect(headers(failing)).rejects.toThrow(/plugin “.*node.*” failed: log in first/);
    await expect(headers({ exec: { command: '/no/such/plugin' } })).rejects.toMatchObject({
      code: 'credentials',
      message: 'The credentials plugin “/no/such/plugin” failed: spawn /no/such/plugin ENOENT.',
      remedy: 'Run it by hand: /no/such/plugin',
    });
    await expect(headers({ exec: {} })).rejects.toThrow(/ exec authProvider\.$/);
  });
});
