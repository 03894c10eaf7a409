import { parseArgs } from 'node:util';
import { nearestNames } from './catalog/nearest-names.ts';
import { flags, flagVariable, type Flag } from './flags.ts';

/** What was given, by flag or by variable, not yet checked. */
export interface Given {
  readonly kind: 'given';
  /** The last one given; an empty variable counts as not given. */
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  isSet(name: string): boolean;
  /** What the user wrote, for messages: `--port` or `KINDSCOPE_PORT`. */
  origin(name: string): string;
}

const switchWords: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
  '': false,
};

interface FlagMistake {
  readonly kind: 'mistake';
  readonly message: string;
}

function mistake(message: string): FlagMistake {
  return { kind: 'mistake', message };
}

/** Reads the flags of `argv` (without node and script) and, where a flag is absent, its variable. */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Given | FlagMistake {
  const byFlag = readFlags(argv);
  if (!(byFlag instanceof Map)) return byFlag;
  const byVariable = new Map<string, string[]>();
  for (const flag of flags) {
    const values = byFlag.has(flag.name) ? [] : fromVariable(flag, env[flagVariable(flag.name)]);
    if (!Array.isArray(values)) return values;
    if (values.length > 0) byVariable.set(flag.name, values);
  }
  const values = (name: string) => byFlag.get(name) ?? byVariable.get(name) ?? [];
  return {
    kind: 'given',
    text: (name) => values(name).at(-1),
    list: values,
    isSet: (name) => values(name).length > 0,
    origin: (name) => (byVariable.has(name) ? flagVariable(name) : `--${name}`),
  };
}

function readFlags(argv: readonly string[]): Map<string, string[]> | FlagMistake {
  // `pnpm start -- --demo` may hand the separator on.
  const args = argv.filter((arg) => arg !== '--');
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        ...(flag.name === 'help' && { short: 'h' }),
      },
    ]),
  );
  // Not strict: its messages would be Node's, without a suggestion.
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      return mistake(`Unexpected argument "${token.value}": flags start with --, see --help.`);
    }
    if (token.kind !== 'option') continue;
    const flag = flags.find(({ name }) => name === token.name);
    if (flag === undefined) return unknownFlag(token.rawName);
    const value = flagValue(flag, token);
    if (typeof value !== 'string') return value;
    given.set(flag.name, [...(given.get(flag.name) ?? []), value]);
  }
  return given;
}

function flagValue(
  flag: Flag,
  token: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): string | FlagMistake {
  if (flag.value === undefined) {
    if (token.value === undefined) return 'true';
    return mistake(`--${flag.name} takes no value: leave "=${token.value}" out.`);
  }
  const missing =
    token.value === undefined ||
    token.value === '' ||
    (token.inlineValue !== true && token.value.startsWith('-'));
  if (!missing) return token.value ?? '';
  return mistake(`--${flag.name} needs a value: --${flag.name} ${flag.value}.`);
}

function unknownFlag(rawName: string): FlagMistake {
  const name = rawName.replace(/^-+/, '');
  const [suggestion] = nearestNames(
    name,
    flags.map((flag) => flag.name),
  );
  return mistake(
    suggestion === undefined
      ? `Unknown flag ${rawName}: --help lists the flags there are.`
      : `Unknown flag ${rawName}: did you mean --${suggestion}? (--help lists them all.)`,
  );
}

function fromVariable(flag: Flag, text: string | undefined): string[] | FlagMistake {
  if (text === undefined || text === '') return [];
  if (flag.name === 'help' || flag.name === 'version') return [];
  if (flag.repeatable === true) {
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  if (flag.value !== undefined) return [text];
  const on = switchWords[text.toLowerCase()];
  if (on === undefined) {
    return mistake(`${flagVariable(flag.name)} must be true or false, not "${text}".`);
  }
  return on ? ['true'] : [];
}
