import path from 'node:path';
import { parseArgs } from 'node:util';
import { scenarios } from './scenarios/index.ts';
import { unknownScenario } from './scenarios/scenario.ts';

/** What the demo was asked to be. */
export interface DemoOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Undefined: one is made up. */
  readonly token: string | undefined;
  /** Where to write the kubeconfig, absolute. Undefined: a private temporary file. */
  readonly kubeconfig: string | undefined;
  /** The cluster begins with at least so many objects. */
  readonly objects: number;
  /** Changes a second over the whole cluster, about. */
  readonly rate: number;
  /** The names of the scenarios to start with. */
  readonly scenarios: readonly string[];
}

/** `mistake` is one line for people: what is wrong and what to do. */
export type ArgumentsOutcome =
  | { readonly kind: 'run'; readonly options: DemoOptions }
  | { readonly kind: 'mistake'; readonly message: string };

/** What the demo's controllers do when they are neither hurried nor held back, changes a second. */
export const calmRate = 1.5;

const flags = {
  port: { type: 'string' },
  token: { type: 'string' },
  kubeconfig: { type: 'string' },
  objects: { type: 'string' },
  rate: { type: 'string' },
  scenario: { type: 'string', multiple: true },
} as const;

const usage =
  'Usage: node apps/demo/src/main.ts [--port N] [--token T] [--kubeconfig PATH] [--objects N] [--rate N] [--scenario NAME]…';

/** Flags → what to do. `cwd` resolves a relative kubeconfig path. Never throws, prints nothing. */
export function readArguments(argv: readonly string[], cwd: string): ArgumentsOutcome {
  // Not strict: the messages would be Node's, over several lines.
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: flags,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional')
      return mistake(`Unexpected argument "${token.value}". ${usage}`);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(flags, token.name))
      return mistake(`Unknown flag ${token.rawName}. ${usage}`);
    if (token.value === undefined || token.value === '') {
      return mistake(`${token.rawName} needs a value. ${usage}`);
    }
  }
  const given = (name: Exclude<keyof typeof flags, 'scenario'>): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const port = wholeNumber(given('port') ?? '0', 65_535);
  if (port === undefined)
    return mistake(`--port must be a whole number from 0 to 65535, not "${given('port')}".`);
  const objects = wholeNumber(given('objects') ?? '0', 1_000_000);
  if (objects === undefined) {
    return mistake(
      `--objects must be a whole number from 0 to 1000000, not "${given('objects')}".`,
    );
  }
  const rate = decimal(given('rate') ?? String(calmRate), 100_000);
  if (rate === undefined) {
    return mistake(
      `--rate must be a number of changes a second from 0 to 100000, not "${given('rate')}".`,
    );
  }
  const token = given('token');
  if (token !== undefined && !/^[\w.~-]+$/.test(token)) {
    return mistake('--token must consist of letters, digits, ".", "_", "~" and "-".');
  }
  const kubeconfig = given('kubeconfig');
  const asked = (values.scenario ?? []).map(String);
  const unknown = asked.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) return mistake(`--scenario: ${unknownScenario(unknown, scenarios)}`);
  return {
    kind: 'run',
    options: {
      port,
      token,
      kubeconfig: kubeconfig === undefined ? undefined : path.resolve(cwd, kubeconfig),
      objects,
      rate,
      scenarios: asked,
    },
  };
}

function mistake(message: string): ArgumentsOutcome {
  return { kind: 'mistake', message };
}

function wholeNumber(text: string, most: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

function decimal(text: string, most: number): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}
