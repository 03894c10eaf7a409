import type { Environment, Optional } from '@marcbachmann/cel-js';
import { compileGoPattern } from '../go-regexp.ts';

/** A call that goes wrong; the message is cel-go's. */
export class RuleCallError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuleCallError';
  }
}

/** The library has these otherwise; a rule that is read asks for `…Go` instead. */
export const GO_CALLS: ReadonlySet<string> = new Set(['indexOf', 'matches', 'substring', 'value']);

type Scalar = string | number | bigint | boolean;

/** What Kubernetes has beside the functions of the library: strings, lists, sets, patterns. */
export function registerFunctions(environment: Environment): Environment {
  registerStrings(environment);
  registerPatterns(environment);
  registerLists(environment);
  return environment;
}

function registerStrings(environment: Environment): void {
  environment
    .registerFunction('string.charAt(int): string', (text: string, index: bigint) => {
      const characters = Array.from(text);
      return characters[indexIn(characters, index)] ?? '';
    })
    .registerFunction('string.substringGo(int): string', (text: string, from: bigint) => {
      const characters = Array.from(text);
      return characters.slice(indexIn(characters, from)).join('');
    })
    .registerFunction(
      'string.substringGo(int, int): string',
      (text: string, from: bigint, to: bigint) => {
        const characters = Array.from(text);
        if (from > to) {
          throw new RuleCallError(`invalid substring range. start: ${from}, end: ${to}`);
        }
        return characters.slice(indexIn(characters, from), indexIn(characters, to)).join('');
      },
    )
    .registerFunction('string.indexOfGo(string): int', (text: string, part: string) =>
      indexOf(text, part, 0n),
    )
    .registerFunction('string.indexOfGo(string, int): int', indexOf)
    .registerFunction('optional.valueGo(): dyn', (optional: Optional): unknown => {
      if (optional.hasValue()) return optional.value();
      throw new RuleCallError('optional.none() dereference');
    })
    .registerFunction('string.replace(string, string): string', (text: string, a, b) =>
      text.replaceAll(a, () => b),
    )
    .registerFunction('string.replace(string, string, int): string', (text: string, a, b, n) =>
      replaceSome(text, a, b, n),
    );
}

function indexOf(text: string, part: string, from: bigint): bigint {
  if (from < 0n) throw new RuleCallError(`index out of range: ${from}`);
  const before = Array.from(text).slice(0, Number(from)).join('').length;
  const index = from > BigInt(text.length) ? -1 : text.indexOf(part, before);
  return BigInt(index < 0 ? -1 : Array.from(text.slice(0, index)).length);
}

function indexIn(characters: readonly string[], index: bigint): number {
  if (index >= 0n && index <= BigInt(characters.length)) return Number(index);
  throw new RuleCallError(`index out of range: ${index}`);
}

function replaceSome(text: string, from: string, to: string, count: bigint): string {
  if (count < 0n) return text.replaceAll(from, () => to);
  let rest = text;
  let result = '';
  for (let left = count; left > 0n; left -= 1n) {
    const index = rest.indexOf(from);
    if (index < 0) break;
    result += rest.slice(0, index) + to;
    rest = rest.slice(index + from.length);
  }
  return result + rest;
}

function expressionOf(pattern: string): RegExp {
  const compiled = compileGoPattern(pattern);
  if (compiled.kind === 'pattern') return compiled.expression;
  throw new RuleCallError(compiled.kind === 'invalid' ? compiled.error : `unsupported: ${pattern}`);
}

function registerPatterns(environment: Environment): void {
  const matches = (text: string, pattern: string): boolean => expressionOf(pattern).test(text);
  const all = (text: string, pattern: string): string[] =>
    Array.from(text.matchAll(new RegExp(expressionOf(pattern), 'gu')), ([found]) => found);
  environment
    .registerFunction('string.matchesGo(string): bool', matches)
    .registerFunction('matchesGo(string, string): bool', matches)
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => expressionOf(pattern).exec(text)?.[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', all)
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (text: string, pattern: string, limit: bigint) =>
        limit < 0n ? all(text, pattern) : all(text, pattern).slice(0, Number(limit)),
    );
}

function registerLists(environment: Environment): void {
  const isSorted = (list: readonly Scalar[]): boolean =>
    list.every((item, index) => index === 0 || (list[index - 1] ?? item) <= item);
  const extreme = (list: readonly Scalar[], name: string, sign: 1 | -1): Scalar => {
    const [first, ...rest] = list;
    if (first === undefined) throw new RuleCallError(`${name} called on empty list`);
    return rest.reduce((best, item) => ((item < best ? -1 : 1) === sign ? item : best), first);
  };
  environment
    .registerFunction('list.isSorted(): bool', isSorted)
    .registerFunction('list.min(): dyn', (list) => extreme(list, 'min', -1))
    .registerFunction('list.max(): dyn', (list) => extreme(list, 'max', 1))
    .registerFunction('list.sum(): dyn', sum)
    .registerFunction('list.indexOfGo(dyn): int', (list: readonly Scalar[], item: Scalar) =>
      BigInt(list.indexOf(item)),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: readonly Scalar[], item: Scalar) =>
      BigInt(list.lastIndexOf(item)),
    );
}

function sum(list: readonly (number | bigint)[]): number | bigint {
  if (list.some((item) => typeof item === 'number')) {
    return list.reduce<number>((total, item) => total + Number(item), 0);
  }
  return list.reduce<bigint>((total, item) => total + BigInt(item), 0n);
}
