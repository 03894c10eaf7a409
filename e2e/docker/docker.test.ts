import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadYaml } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../apps/server/src/config.ts';
import { flags, flagVariable } from '../../apps/server/src/flags.ts';
import { isInContext, readDockerfile } from './dockerfile.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly name: string;
  readonly packageManager?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Service {
  readonly image?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[] | string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly network_mode?: string;
  readonly privileged?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly tmpfs?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const manifest = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`));
const folders = globSync('{apps,packages}/*/package.json', { cwd: root }).map((file) =>
  path.dirname(file),
);
const folderOf = new Map(folders.map((folder) => [manifest(folder).name, folder]));

const ignore = read('.dockerignore');
const dockerfile = readDockerfile(read('Dockerfile'));
const last = Math.max(...dockerfile.map(({ stage }) => stage));
const textsOf = (name: string) => dockerfile.filter((it) => it.name === name).map((it) => it.text);
const compose = loadYaml<Compose>(read('docker-compose.yml'));
const services = Object.entries(compose.services);
const kindscope = compose.services['kindscope'] ?? expect.fail('There is no service kindscope.');

/** What the image sets, without what only Node reads. */
const imageEnvironment = Object.fromEntries(
  textsOf('ENV')
    .flatMap((text) => text.split(' '))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
) as Record<string, string>;

/** A package of ours and those it needs, by folder. */
function withDependencies(folder: string, found = new Set<string>()): Set<string> {
  found.add(folder);
  for (const name of Object.keys(manifest(folder).dependencies ?? {})) {
    const needed = folderOf.get(name);
    if (needed !== undefined && !found.has(needed)) withDependencies(needed, found);
  }
  return found;
}

const running = new Set([...withDependencies('apps/server'), ...withDependencies('apps/demo')]);

describe('the image', () => {
  const copied = dockerfile.filter(({ name, text }) => name === 'COPY' && !text.startsWith('--'));
  const sources = copied.flatMap(({ text }) => text.split(' ').slice(0, -1));

  it.each(sources)('copies %s, which is there and not kept out', (source) => {
    expect(existsSync(path.join(root, source))).toBe(true);
    expect(isInContext(ignore, source)).toBe(true);
  });

  it('gets neither tests nor what was installed or built here', () => {
    const out = ['node_modules/x', 'apps/web/dist/index.html', 'packages/kube/src/diff.test.ts'];
    const others = ['.git/config', 'e2e/package.json', 'apps/server/src/testing/program.ts'];
    expect([...out, ...others].filter((file) => isInContext(ignore, file))).toEqual([]);
    expect(isInContext(ignore, 'packages/kube/src/index.ts')).toBe(true);
  });

  it('installs with the manifest of every package that the program and the page need', () => {
    const needed = new Set([...running, ...withDependencies('apps/web')]);
    expect(sources).toEqual(
      expect.arrayContaining([...needed].map((folder) => `${folder}/package.json`)),
    );
  });

  it('has the sources of every package that runs', () => {
    const there = copied
      .filter(({ stage }) => stage === last)
      .flatMap(({ text }) => text.split(' '));
    const missing = [...running].filter(
      (folder) => !there.includes(folder) && !there.includes(path.dirname(folder)),
    );
    expect(missing).toEqual([]);
  });

  it('is built with the Node and the pnpm that the repository pins', () => {
    const { devDependencies, packageManager } = manifest('.');
    expect(textsOf('ARG')).toEqual([`NODE_VERSION=${devDependencies?.['node']}`]);
    expect(textsOf('RUN')).toContain(`npm install --global ${packageManager}`);
    expect(textsOf('FROM')[last]).toMatch(/^node:\$\{NODE_VERSION\}-/);
  });

  it('runs a program that is there, and not as root', () => {
    const [program, file] = JSON.parse(textsOf('ENTRYPOINT')[0] ?? '') as [string, string];
    expect(program).toBe('node');
    expect(existsSync(path.join(root, file))).toBe(true);
    expect(textsOf('USER')).toEqual(['1000:1000']);
  });

  it('sets only variables that the program knows, and says what is missing alone: a token', () => {
    const known = flags.map(({ name }) => flagVariable(name));
    const set = Object.keys(imageEnvironment).filter((name) => name.startsWith('KINDSCOPE_'));
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
    const start = (env: Record<string, string>) => readConfig({ argv: [], env, cwd: '/kindscope' });
    expect(start(imageEnvironment)).toEqual({
      kind: 'mistake',
      message: expect.stringMatching(/^KINDSCOPE_LISTEN .*: give the token that opens the page/),
    });
    expect(start({ ...imageEnvironment, KINDSCOPE_TOKEN: 'a-token-of-your-own' })).toMatchObject({
      kind: 'run',
      config: { port: Number(textsOf('EXPOSE')[0]), listen: '0.0.0.0' },
    });
  });

  it('asks for its health where the program answers it', () => {
    const check = /CMD (.+)$/.exec(textsOf('HEALTHCHECK')[0] ?? '')?.[1] ?? '';
    expect(JSON.parse(check)).toEqual(['node', '-e', expect.stringContaining('/healthz')]);
    expect(check).toContain('process.env.KINDSCOPE_PORT');
    expect(read('apps/server/src/http/health-routes.ts')).toContain("'/healthz'");
  });

  it('runs on what is installed for production', () => {
    const wanting = [...running].flatMap((folder) => {
      const { name, dependencies = {} } = manifest(folder);
      const installed = [...Object.keys(dependencies), name];
      return importsOf(folder)
        .filter(({ from }) => !installed.some((it) => from === it || from.startsWith(`${it}/`)))
        .map(({ file, from }) => `${file}: ${from}`);
    });
    expect(wanting).toEqual([]);
  });
});

/** What the sources that the image has import at run time, but for Node and files beside them. */
function importsOf(folder: string): { readonly file: string; readonly from: string }[] {
  const files = globSync(`${folder}/src/**/*.ts`, { cwd: root });
  return files
    .filter((file) => isInContext(ignore, file))
    .flatMap((file) => {
      const statements = read(file).matchAll(
        /^(?:import|export)(?! type\b)[^;]*? from '([^']+)'|import\('([^']+)'\)/gm,
      );
      return Array.from(statements, ([, from, dynamic]) => ({ file, from: from ?? dynamic ?? '' }));
    })
    .filter(({ file, from }) => {
      if (!from.startsWith('.')) return !from.startsWith('node:');
      // A file that is kept out of the image is as little there as a package that is not installed.
      return !isInContext(ignore, path.join(path.dirname(file), from));
    });
}

describe('docker compose', () => {
  it('starts Kindscope with flags and variables that it knows', () => {
    const env = {
      ...imageEnvironment,
      ...kindscope.environment,
      KINDSCOPE_TOKEN: 'made-by-the-shell',
    };
    const argv = [kindscope.command ?? []].flat();
    const outcome = readConfig({ argv, env, cwd: '/kindscope' });
    expect(outcome).toMatchObject({ kind: 'run', config: { watch: expect.anything() } });
    expect(argv).toContain('--watch=sites.example.com/v1/websites');
    expect(read('examples/website/crd.yaml')).toContain('name: websites.sites.example.com');
    const known = [...flags.map(({ name }) => flagVariable(name)), 'KUBECONFIG'];
    expect(Object.keys(kindscope.environment ?? {}).filter((it) => !known.includes(it))).toEqual(
      [],
    );
  });

  it('runs the same program as the image, with a token made where none is given', () => {
    const [shell, , script] = kindscope.entrypoint ?? [];
    const [, program] = JSON.parse(textsOf('ENTRYPOINT')[0] ?? '') as [string, string];
    expect(shell).toBe('/bin/sh');
    expect(script).toContain(`exec node ${program} "$$@"`);
    expect(script).toContain('KINDSCOPE_TOKEN="$${KINDSCOPE_TOKEN:-');
  });

  it('publishes the port that the image serves, to this machine alone', () => {
    const port = imageEnvironment['KINDSCOPE_PORT'];
    expect(kindscope.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    const published = services.filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['kindscope']);
  });

  it('lets Kindscope do as little as it needs', () => {
    expect(kindscope).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(services.filter(([, it]) => it.privileged).map(([name]) => name)).toEqual(['k3s']);
    const admin = kindscope.volumes?.filter((volume) => volume.startsWith('admin'));
    expect(admin).toEqual([]);
  });

  it.each(services)('gives %s what there is', (_name, service) => {
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      const there = source.startsWith('.')
        ? existsSync(path.join(root, source))
        : Object.hasOwn(compose.volumes, source);
      expect([source, there]).toEqual([source, true]);
    }
    const folders = service.volumes?.filter((volume) => volume.startsWith('.')) ?? [];
    const scripts = service.entrypoint?.filter((word) => word.endsWith('.sh')) ?? [];
    for (const script of scripts) {
      expect(existsSync(path.join(root, script))).toBe(true);
      const [folder] = script.split('/');
      expect(folders).toContain(`./${folder}:/kindscope/${folder}:ro`);
    }
    const others = [
      ...Object.keys(service.depends_on ?? {}),
      ...(service.network_mode?.startsWith('service:') ? [service.network_mode.slice(8)] : []),
    ];
    expect(others.filter((name) => !Object.hasOwn(compose.services, name))).toEqual([]);
  });

  it('puts the pins where the image keeps them, and the kubeconfig where it is written', () => {
    expect(kindscope.volumes).toContain(`state:${imageEnvironment['XDG_STATE_HOME']}/kindscope`);
    const written = compose.services['setup']?.entrypoint?.at(-1);
    expect(kindscope.environment?.['KUBECONFIG']).toBe(written);
  });
});
