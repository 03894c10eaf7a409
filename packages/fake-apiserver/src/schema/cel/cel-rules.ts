import { Environment, EvaluationError, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import type { Rule, Schema } from '../schema.ts';
import { GO_CALLS, registerFunctions, RuleCallError } from './cel-functions.ts';
import { registerQuantities } from './cel-quantity.ts';

/** A rule that can be asked, or why it cannot. */
export type CompiledRule =
  | {
      readonly kind: 'rule';
      readonly rule: Rule;
      readonly usesOldSelf: boolean;
      readonly program: ParseResult;
      /** Undefined where there is none, or none that can be compiled. */
      readonly message: ParseResult | undefined;
    }
  | { readonly kind: 'broken'; readonly rule: Rule; readonly error: string };

const compiled = new WeakMap<Schema, readonly CompiledRule[]>();

/** The rules that stand at a schema; compiled once. */
export function rulesOf(schema: Schema): readonly CompiledRule[] {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const rules = schema.rules.filter(({ rule }) => rule.trim() !== '').map(compileRule);
  compiled.set(schema, rules);
  return rules;
}

let shared: Environment | undefined;

/** Rules are taken as they come: of what types their values are is seen when they are asked. */
function environment(): Environment {
  shared ??= registerQuantities(
    registerFunctions(
      new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
        .registerVariable('self', 'dyn')
        .registerVariable('oldSelf', 'dyn'),
    ),
  );
  return shared;
}

function compileRule(rule: Rule): CompiledRule {
  const program = compile(rule.rule);
  if (typeof program === 'string') return { kind: 'broken', rule, error: program };
  const message = rule.messageExpression === '' ? undefined : compile(rule.messageExpression);
  if (typeof message === 'string') return { kind: 'broken', rule, error: message };
  return { kind: 'rule', rule, usesOldSelf: usesOldSelf(rule.rule), program, message };
}

/** The expression, ready to be asked, or what is wrong with it. */
export function compile(expression: string): ParseResult | string {
  const program = parse(renameCalls(expression));
  if ('at' in program) return program.text;
  try {
    const checked = program.check();
    return checked.valid ? program : (checked.error?.summary ?? 'unknown error');
  } catch (error) {
    return String(error);
  }
}

/** Where an expression is no longer one. */
export interface SyntaxFault {
  readonly at: number;
  readonly text: string;
}

/** The expression as it is written, to be looked at. */
export function parse(expression: string): ParseResult | SyntaxFault {
  try {
    return environment().parse(expression);
  } catch (error) {
    if (!(error instanceof ParseError)) return { at: 0, text: String(error) };
    return { at: error.range?.start ?? 0, text: error.summary };
  }
}

const TOKEN = /[rR]?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|[A-Za-z_]\w*(?:\s*\()?/g;

/** Where the library's own functions are not Go's: `x.matches(` is asked as `x.matchesGo(`. */
function renameCalls(expression: string): string {
  return expression.replace(TOKEN, (token) => {
    const name = token.slice(0, -1).trimEnd();
    return token.endsWith('(') && GO_CALLS.has(name) ? `${name}Go(` : token;
  });
}

export function usesOldSelf(expression: string): boolean {
  return Array.from(expression.matchAll(TOKEN), ([token]) => token).includes('oldSelf');
}

/** What a rule says of its values; an error is one of cel-go's. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: string };

export function ask(program: ParseResult, variables: Record<string, unknown>): Outcome {
  try {
    return { kind: 'value', value: program(variables) as unknown };
  } catch (error) {
    return { kind: 'error', error: goError(error) };
  }
}

function goError(error: unknown): string {
  if (error instanceof RuleCallError) return error.message;
  if (!(error instanceof EvaluationError)) return String(error);
  if (error.cause instanceof RuleCallError) return error.cause.message;
  const { code, summary } = error;
  if (code === 'index_out_of_bounds') {
    return `index out of bounds: ${/index (-?\d+)/.exec(summary)?.[1] ?? ''}`;
  }
  if (code === 'no_such_overload') return 'no such overload';
  for (const [said, meant] of GO_WORDS) {
    if (said.test(summary)) return summary.replace(said, meant);
  }
  return summary;
}

const GO_WORDS: readonly [RegExp, string][] = [
  [/^No such key/, 'no such key'],
  [/^modulo by zero/, 'modulus by zero'],
  [/^integer overflow.*/, 'integer overflow'],
  [/^(int|uint|double)\(\) type error.*/, "type conversion error from 'string' to '$1'"],
  [/^Invalid duration.*/, "type conversion error from 'string' to 'google.protobuf.Duration'"],
  [/^timestamp\(\).*/, "type conversion error from 'string' to 'google.protobuf.Timestamp'"],
];

let durations: ParseResult | undefined;

/** What `duration(text)` is to a rule; undefined where that is nothing. */
export function durationOf(text: string): unknown {
  durations ??= environment().parse('duration(self)');
  const outcome = ask(durations, { self: text });
  return outcome.kind === 'value' ? outcome.value : undefined;
}
