import type { ASTNode } from '@marcbachmann/cel-js';
import type { Schema } from '../schema.ts';
import { faultOf, MACROS, type Fault } from './cel-faults.ts';
import { compile, parse, usesOldSelf, type SyntaxFault } from './cel-rules.ts';
import { scalarTypeOf, schemaAt, type Holder, type Scope } from './cel-scope.ts';

/** What can be told of an expression without a value: why it cannot be asked, if it cannot. */
export function readRule(expression: string): {
  readonly error: string | undefined;
  readonly usesOldSelf: boolean;
} {
  const program = compile(expression);
  return {
    error: typeof program === 'string' ? program : undefined,
    usesOldSelf: usesOldSelf(expression),
  };
}

/** Whether an expression gives a value of that type, or of one that nobody knows before. */
export function isTypeOfRule(
  expression: string,
  schema: Schema,
  root: boolean,
  type: 'bool' | 'string',
): boolean {
  const parsed = parse(expression);
  const known = 'at' in parsed ? undefined : scalarTypeOf(parsed.ast, scopeOf(schema, root));
  if (known !== undefined) return known === type;
  const program = compile(expression);
  if (typeof program === 'string') return true;
  const found = program.check().type ?? 'dyn';
  return found === type || found.startsWith('dyn') || found.startsWith('optional');
}

/** What is wrong with an expression by the schema that it stands at, in cel-go's words. */
export function ruleFaults(expression: string, schema: Schema, root: boolean): string[] {
  const parsed = parse(expression);
  if ('at' in parsed) return [syntaxFault(expression, parsed)];
  const found: Fault[] = [];
  walk(parsed.ast, undefined, scopeOf(schema, root), (node, within, scope) => {
    const fault = faultOf(expression, node, within, scope);
    if (fault !== undefined) found.push(fault);
  });
  return found
    .sort((a, b) => a.index - b.index)
    .map(({ index, text }) => pointAt(expression, index, text));
}

/** The wording is the library's: what a parser expected is its own affair. */
function syntaxFault(expression: string, { at, text }: SyntaxFault): string {
  return pointAt(expression, at, `Syntax error: ${text}`);
}

function scopeOf(schema: Schema, root: boolean): Scope {
  const self: Holder = { schema, root };
  return new Map([
    ['self', self],
    ['oldSelf', self],
  ]);
}

type Visit = (node: ASTNode, within: ASTNode | undefined, scope: Scope) => void;

/** `within`: the `has(…)` that a field is asked for by. */
function walk(node: ASTNode, within: ASTNode | undefined, scope: Scope, visit: Visit): void {
  visit(node, within, scope);
  if (node.op === 'rcall' && MACROS.has(node.args[0])) {
    const [, target, given] = node.args;
    walk(target, undefined, scope, visit);
    const inner = new Map(scope);
    // The names come first, then what is said with them.
    const parts = given.slice(0, -1);
    const names = parts.flatMap((part) => (part.op === 'id' ? [part.args] : []));
    for (const name of names) inner.set(name, undefined);
    const items = schemaAt(target, scope)?.schema.items;
    const [only] = names;
    if (names.length === 1 && only !== undefined && items !== undefined) {
      inner.set(only, { schema: items, root: false });
    }
    for (const part of given) {
      if (part.op !== 'id' || !parts.includes(part)) walk(part, undefined, inner, visit);
    }
    return;
  }
  const isHas = node.op === 'call' && node.args[0] === 'has';
  for (const part of childrenOf(node)) walk(part, isHas ? node : undefined, scope, visit);
}

function childrenOf(node: ASTNode): ASTNode[] {
  const parts: unknown[] = Array.isArray(node.args) ? node.args.flat(2) : [node.args];
  return parts.filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** A fault with the line that it is in and a mark below its place, as cel-go shows it. */
function pointAt(expression: string, index: number, fault: string): string {
  const before = expression.slice(0, index).split('\n');
  const column = (before.at(-1) ?? '').length;
  const line = expression.split('\n')[before.length - 1] ?? '';
  return `ERROR: <input>:${before.length}:${column + 1}: ${fault}\n | ${line}\n | ${'.'.repeat(column)}^`;
}
