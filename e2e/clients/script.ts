import type { ExceptionName } from './exceptions.ts';

/** One call of kubectl. */
export interface Step {
  /** The command line after `kubectl`; `$NAME` stands for what an earlier step has saved. */
  readonly command: string;
  /** Standard input, with `$NAME` as well. */
  readonly input?: string;
  /** A shell command line that edits the file it is given, for `kubectl edit`. */
  readonly editor?: string;
  /** The name under which standard output is kept for later steps. */
  readonly save?: string;
  /** Calls that are made once this one watches. */
  readonly meanwhile?: readonly string[];
  /** How many lines a watch prints before it is interrupted; without it the call ends by itself. */
  readonly lines?: number;
  /** Why the servers do not answer the same. */
  readonly except?: ExceptionName;
}

/** Steps that are run one after the other in a namespace of their own, with the same outcome on both servers. */
export interface Script {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A script; a step that needs no more than its command line is that line. */
export function script(name: string, ...steps: readonly (string | Step)[]): Script {
  return {
    name,
    steps: steps.map((step) => (typeof step === 'string' ? { command: step } : step)),
  };
}

/** The namespace of a script: its name as a DNS label. */
export function namespaceOf({ name }: Script): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '');
}

/** Splits a command line as a shell does, with single and double quotes, and replaces `$NAME`. */
export function words(line: string, saved: ReadonlyMap<string, string>): string[] {
  const found = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return found.map((word) =>
    substitute(
      word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => {
        return single ?? double ?? '';
      }),
      saved,
    ),
  );
}

/** Replaces `$NAME` where NAME has been saved. */
export function substitute(text: string, saved: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$([A-Z]+)/g, (whole, name: string) => saved.get(name) ?? whole);
}
