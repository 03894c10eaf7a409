import { describe, expect, it } from 'vitest';
import { readConfig, type Config } from './config.ts';
import { flags } from './flags.ts';

function read(argv: string[], env: Record<string, string> = {}) {
  return readConfig({ argv, env, cwd: '/home/me' });
}

function config(argv: string[], env: Record<string, string> = {}): Config {
  const outcome = read(argv, env);
  if (outcome.kind !== 'run') throw new Error(JSON.stringify(outcome));
  return outcome.config;
}

function mistake(argv: string[], env: Record<string, string> = {}): string {
  const outcome = read(argv, env);
  if (outcome.kind !== 'mistake') throw new Error(`taken: ${JSON.stringify(outcome)}`);
  return outcome.message;
}

describe('what is given', () => {
  it('has a default for everything', () => {
    expect(config([])).toEqual({
      kubeconfig: undefined,
      context: undefined,
      demo: false,
      demoObjects: undefined,
      demoRate: undefined,
      scenarios: [],
      watch: [],
      namespaces: [],
      port: 7373,
      listen: '127.0.0.1',
      token: undefined,
      allowedHosts: [],
      basePath: '',
      logLevel: 'error',
    });
  });

  it('is read from flags, repeated ones as lists, the last one of others', () => {
    const line =
      '--kubeconfig a/kube.yaml --context=prod --port 1 --port=8080 ' +
      '--namespace shop --namespace=web --namespace shop ' +
      '--listen 0.0.0.0 --token 0123456789abcdef --allowed-host K.example:8080 ' +
      '--base-path /tools/kindscope/ --log-level debug';
    const read = config(line.split(' '));
    expect(read).toMatchObject({
      kubeconfig: '/home/me/a/kube.yaml',
      context: 'prod',
      port: 8080,
      namespaces: ['shop', 'web'],
      listen: '0.0.0.0',
      token: '0123456789abcdef',
      allowedHosts: ['k.example:8080'],
      basePath: '/tools/kindscope',
      logLevel: 'debug',
    });
  });

  it('is read from the environment, where lists have commas and switches are words', () => {
    const env = {
      KINDSCOPE_DEMO: 'true',
      KINDSCOPE_DEMO_OBJECTS: '50',
      KINDSCOPE_DEMO_RATE: '2.5',
      KINDSCOPE_PORT: '0',
      KINDSCOPE_TOKEN: 'letmein',
      KINDSCOPE_NAMESPACE: 'shop, web',
      KINDSCOPE_LOG_LEVEL: '',
    };
    expect(config([], env)).toMatchObject({
      demo: true,
      demoObjects: 50,
      demoRate: 2.5,
      port: 0,
      token: 'letmein',
      namespaces: ['shop', 'web'],
      logLevel: 'error',
    });
    expect(config([], { KINDSCOPE_DEMO: '0' }).demo).toBe(false);
  });

  it('is taken from the flag where the variable says otherwise', () => {
    expect(config(['--port', '1234'], { KINDSCOPE_PORT: 'nonsense' }).port).toBe(1234);
  });

  it('asks for the demo cluster by asking for one of its scenarios', () => {
    const { demo, scenarios } = config(
      '--scenario rollout --scenario field-fight --scenario rollout'.split(' '),
    );
    expect({ demo, scenarios }).toEqual({ demo: true, scenarios: ['rollout', 'field-fight'] });
  });

  it('names what is watched from the start, each once', () => {
    const line = '--watch argoproj.io/v1alpha1/rollouts --watch core/v1/pods --watch core/v1/pods';
    expect(config(line.split(' ')).watch).toEqual([
      { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' },
      { group: '', version: 'v1', resource: 'pods' },
    ]);
  });

  it('may have a literal -- among it, as pnpm hands it on', () => {
    expect(config(['--', '--demo']).demo).toBe(true);
  });

  it('may be a question', () => {
    expect(read(['--version'])).toEqual({ kind: 'version' });
    for (const argv of [['--help'], ['-h'], ['--help', '--port', 'x']]) {
      const outcome = read(argv);
      expect(outcome.kind).toBe('help');
      for (const { name } of flags)
        expect(outcome).toHaveProperty('text', expect.stringContaining(`--${name} `));
    }
  });
});

describe('a mistake is one line that names the thing and the remedy', () => {
  const cases: [string, string[], Record<string, string>, string][] = [
    [
      'an unknown flag',
      ['--prot', '1'],
      {},
      'Unknown flag --prot: did you mean --port? (--help lists them all.)',
    ],
    [
      'a flag like nothing',
      ['--xyzzy'],
      {},
      'Unknown flag --xyzzy: --help lists the flags there are.',
    ],
    ['an argument', ['demo'], {}, 'Unexpected argument "demo": flags start with --, see --help.'],
    ['a missing value', ['--port'], {}, '--port needs a value: --port N.'],
    [
      'a flag where a value belongs',
      ['--context', '--demo'],
      {},
      '--context needs a value: --context NAME.',
    ],
    ['a value for a switch', ['--demo=1'], {}, '--demo takes no value: leave "=1" out.'],
    [
      'a port that is none',
      ['--port', '65536'],
      {},
      '--port must be a whole number from 0 to 65535, not "65536".',
    ],
    [
      'a port in words',
      [],
      { KINDSCOPE_PORT: 'http' },
      'KINDSCOPE_PORT must be a whole number from 0 to 65535, not "http".',
    ],
    [
      'a switch that is none',
      [],
      { KINDSCOPE_DEMO: 'maybe' },
      'KINDSCOPE_DEMO must be true or false, not "maybe".',
    ],
    ['a rate that is none', ['--demo-rate', '-1'], {}, '--demo-rate needs a value: --demo-rate N.'],
    [
      'a rate in words',
      ['--demo-rate', 'fast'],
      {},
      '--demo-rate must be a number of changes a second from 0 to 100000, not "fast".',
    ],
    [
      'a namespace that is none',
      ['--namespace', 'Shop'],
      {},
      '--namespace "Shop" is not a namespace\'s name: use lower-case letters, digits and dashes.',
    ],
    [
      'an address with a port',
      ['--listen', '0.0.0.0:80'],
      {},
      '--listen must be an IP address such as 127.0.0.1 or 0.0.0.0, not "0.0.0.0:80" (the port goes into --port).',
    ],
    [
      'a host with a scheme',
      ['--allowed-host', 'https://k.example'],
      {},
      '--allowed-host must be a host name with or without a port, as in kindscope.example.com, not "https://k.example".',
    ],
    [
      'a base path without a slash',
      ['--base-path', 'x'],
      {},
      '--base-path must be a path such as /kindscope, not "x".',
    ],
    [
      'a log level',
      ['--log-level', 'loud'],
      {},
      '--log-level must be one of silent, fatal, error, warn, info, debug, trace, not "loud".',
    ],
    [
      'a resource that is none',
      ['--watch', 'pods'],
      {},
      '--watch must be GROUP/VERSION/RESOURCE, as in argoproj.io/v1alpha1/rollouts or core/v1/pods, not "pods".',
    ],
    [
      'two clusters',
      ['--demo', '--context', 'prod'],
      {},
      '--demo and --context ask for two different clusters: give one of them.',
    ],
    [
      'a scenario of another cluster',
      ['--scenario', 'rollout', '--kubeconfig', '/x'],
      {},
      '--scenario and --kubeconfig ask for two different clusters: give one of them.',
    ],
    [
      'two clusters, one by variable',
      ['--kubeconfig', '/x'],
      { KINDSCOPE_DEMO: '1' },
      'KINDSCOPE_DEMO and --kubeconfig ask for two different clusters: give one of them.',
    ],
    [
      'a token that no header can carry',
      ['--token', 'a\r\nb'],
      {},
      '--token must be letters, digits and signs of ASCII without blanks, at most 1024.',
    ],
    [
      'an open address without a token',
      ['--listen', '0.0.0.0'],
      {},
      '--listen 0.0.0.0 can be reached from other machines: give the token that opens the page with --token.',
    ],
    [
      'an open address with a short token',
      ['--listen', '::', '--token', 'x'],
      {},
      '--listen :: can be reached from other machines: give a --token of 16 characters or more.',
    ],
    [
      'an open address without a host',
      ['--listen', '10.0.0.1'],
      { KINDSCOPE_TOKEN: '0123456789abcdef' },
      '--listen 10.0.0.1 can be reached from other machines: name the host that browsers will use with --allowed-host.',
    ],
  ];
  it.each(cases)('%s', (_name, argv, env, message) => {
    expect(mistake(argv, env)).toBe(message);
  });
});
