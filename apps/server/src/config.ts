import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { isName } from './catalog/kubernetes-name.ts';
import { readArguments, type Given } from './config-arguments.ts';
import { helpText } from './flags.ts';

type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** What the program was asked to do, checked. */
export interface Config {
  /** Absolute path. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly demo: boolean;
  readonly demoObjects: number | undefined;
  readonly demoRate: number | undefined;
  /** Names of the demo's stories to start with; the demo knows which there are. */
  readonly scenarios: readonly string[];
  /** What is watched from the start. */
  readonly watch: readonly ResourceRef[];
  /** Empty means all. */
  readonly namespaces: readonly string[];
  readonly port: number;
  readonly listen: string;
  /** Undefined: the program makes one up. */
  readonly token: string | undefined;
  readonly allowedHosts: readonly string[];
  /** Empty or `/path` without a slash at its end. */
  readonly basePath: string;
  readonly logLevel: LogLevel;
}

/** `mistake` is one line for people: what is wrong and what to do. */
export type ConfigOutcome =
  | { readonly kind: 'run'; readonly config: Config }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string };

/** Thrown and caught in this file alone: the first mistake ends the reading. */
class Mistake extends Error {}

const logLevels: readonly LogLevel[] = [
  'silent',
  'fatal',
  'error',
  'warn',
  'info',
  'debug',
  'trace',
];

/** RFC 1123 label: what a namespace is called. */
const namespacePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const hostPattern = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?$/i;

/** True for addresses that only this machine can reach. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address === 'localhost' || address.startsWith('127.');
}

/**
 * Flags and environment → what to do. Never throws, prints nothing. `cwd` resolves a relative
 * kubeconfig path.
 */
export function readConfig(input: {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): ConfigOutcome {
  const given = readArguments(input.argv, input.env);
  if (given.kind === 'mistake') return given;
  if (given.isSet('help')) return { kind: 'help', text: helpText() };
  if (given.isSet('version')) return { kind: 'version' };
  try {
    return { kind: 'run', config: checked(given, input.cwd) };
  } catch (error) {
    if (error instanceof Mistake) return { kind: 'mistake', message: error.message };
    throw error;
  }
}

function checked(given: Given, cwd: string): Config {
  const kubeconfig = given.text('kubeconfig');
  const config: Config = {
    kubeconfig:
      kubeconfig === undefined || isAbsolute(kubeconfig) ? kubeconfig : resolve(cwd, kubeconfig),
    context: given.text('context'),
    demo: given.isSet('demo') || given.isSet('scenario'),
    demoObjects: integer(given, 'demo-objects', 0, 1_000_000),
    demoRate: rate(given),
    scenarios: [...new Set(given.list('scenario'))],
    watch: watch(given),
    namespaces: namespaces(given),
    port: integer(given, 'port', 0, 65_535) ?? 7373,
    listen: listen(given),
    token: token(given),
    allowedHosts: allowedHosts(given),
    basePath: basePath(given),
    logLevel: logLevel(given),
  };
  refuseContradictions(config, given);
  return config;
}

function refuseContradictions(config: Config, given: Given): void {
  if (config.demo && (config.kubeconfig !== undefined || config.context !== undefined)) {
    const other = config.kubeconfig === undefined ? 'context' : 'kubeconfig';
    const demo = given.isSet('demo') ? 'demo' : 'scenario';
    throw new Mistake(
      `${given.origin(demo)} and ${given.origin(other)} ask for two different clusters: give one of them.`,
    );
  }
  if (isLoopback(config.listen)) return;
  const why = `${given.origin('listen')} ${config.listen} can be reached from other machines`;
  if (config.token === undefined) {
    throw new Mistake(`${why}: give the token that opens the page with --token.`);
  }
  if (config.token.length < 16) {
    throw new Mistake(`${why}: give a --token of 16 characters or more.`);
  }
  if (config.allowedHosts.length === 0) {
    throw new Mistake(`${why}: name the host that browsers will use with --allowed-host.`);
  }
}

/** What a header can carry as it is (RFC 6750), and the page's form takes. */
function token(given: Given): string | undefined {
  const text = given.text('token');
  if (text === undefined || /^[\x21-\x7e]{1,1024}$/.test(text)) return text;
  throw new Mistake(
    `${given.origin('token')} must be letters, digits and signs of ASCII without blanks, at most 1024.`,
  );
}

function integer(given: Given, name: string, least: number, most: number): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Mistake(
    `${given.origin(name)} must be a whole number from ${least} to ${most}, not "${text}".`,
  );
}

function rate(given: Given): number | undefined {
  const text = given.text('demo-rate');
  if (text === undefined) return undefined;
  const value = /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 100_000) return value;
  throw new Mistake(
    `${given.origin('demo-rate')} must be a number of changes a second from 0 to 100000, not "${text}".`,
  );
}

function watch(given: Given): ResourceRef[] {
  const refs = given.list('watch').map((text) => {
    const [group = '', version = '', resource = '', ...rest] = text.split('/');
    const named = isName(group) && isName(version) && isName(resource) && rest.length === 0;
    if (named) return { group: group === 'core' ? '' : group, version, resource };
    throw new Mistake(
      `${given.origin('watch')} must be GROUP/VERSION/RESOURCE, as in argoproj.io/v1alpha1/rollouts or core/v1/pods, not "${text}".`,
    );
  });
  return [...new Map(refs.map((ref) => [gvrKey(ref), ref])).values()];
}

function namespaces(given: Given): string[] {
  const names = given.list('namespace');
  const wrong = names.find((name) => !namespacePattern.test(name));
  if (wrong === undefined) return [...new Set(names)];
  throw new Mistake(
    `${given.origin('namespace')} "${wrong}" is not a namespace's name: use lower-case letters, digits and dashes.`,
  );
}

function listen(given: Given): string {
  const address = given.text('listen') ?? '127.0.0.1';
  if (isIP(address) !== 0 || address === 'localhost') return address;
  throw new Mistake(
    `${given.origin('listen')} must be an IP address such as 127.0.0.1 or 0.0.0.0, not "${address}" (the port goes into --port).`,
  );
}

function allowedHosts(given: Given): string[] {
  const hosts = given.list('allowed-host');
  const wrong = hosts.find((host) => !hostPattern.test(host));
  if (wrong === undefined) return hosts.map((host) => host.toLowerCase());
  throw new Mistake(
    `${given.origin('allowed-host')} must be a host name with or without a port, as in kindscope.example.com, not "${wrong}".`,
  );
}

function basePath(given: Given): string {
  const path = (given.text('base-path') ?? '').replace(/\/+$/, '');
  if (path === '' || /^(\/[A-Za-z0-9._~-]+)+$/.test(path)) return path;
  throw new Mistake(
    `${given.origin('base-path')} must be a path such as /kindscope, not "${path}".`,
  );
}

function logLevel(given: Given): LogLevel {
  const text = given.text('log-level') ?? 'error';
  const level = logLevels.find((known) => known === text);
  if (level !== undefined) return level;
  throw new Mistake(
    `${given.origin('log-level')} must be one of ${logLevels.join(', ')}, not "${text}".`,
  );
}
