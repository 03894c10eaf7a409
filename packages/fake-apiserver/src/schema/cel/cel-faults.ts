import type { ASTNode } from '@marcbachmann/cel-js';
import { compileGoPattern } from '../go-regexp.ts';
import { knows, scalarTypeOf, schemaAt, type Scope } from './cel-scope.ts';

/** What is wrong at a place of an expression, in cel-go's words. */
export interface Fault {
  readonly index: number;
  readonly text: string;
}

/** The calls that give names to what they go through. */
export const MACROS: ReadonlySet<string> = new Set([
  'all',
  'bind',
  'exists',
  'existsOne',
  'exists_one',
  'filter',
  'map',
  'optFlatMap',
  'optMap',
  'transformList',
  'transformMap',
  'transformMapEntry',
]);

/** Names that stand for types and for libraries. */
const GLOBALS = new Set([
  'base64',
  'bool',
  'bytes',
  'cel',
  'double',
  'dyn',
  'format',
  'google',
  'int',
  'kubernetes',
  'lists',
  'list',
  'map',
  'math',
  'net',
  'null_type',
  'optional',
  'optional_type',
  'sets',
  'string',
  'strings',
  'type',
  'uint',
]);

/** `within`: the `has(…)` that a field is asked for by. */
export function faultOf(
  expression: string,
  node: ASTNode,
  within: ASTNode | undefined,
  scope: Scope,
): Fault | undefined {
  switch (node.op) {
    case '.': {
      const [target, name] = node.args;
      const holder = schemaAt(target, scope);
      if (holder === undefined || knows(holder, name)) return undefined;
      // Kubernetes points at the dot, inside of `has(…)` at its bracket.
      const index = within === undefined ? node.pos - 1 : within.pos + 'has'.length;
      return { index, text: `undefined field '${name}'` };
    }
    case 'id':
      if (scope.has(node.args) || GLOBALS.has(node.args)) return undefined;
      return { index: node.pos, text: `undeclared reference to '${node.args}' (in container '')` };
    case 'rcall': {
      const [name, , [pattern]] = node.args;
      if (name !== 'matches' || pattern?.op !== 'value' || typeof pattern.args !== 'string') {
        return undefined;
      }
      if (compileGoPattern(pattern.args).kind !== 'invalid') return undefined;
      return { index: pattern.pos, text: 'invalid matches argument' };
    }
    default:
      return operatorFault(expression, node, scope);
  }
}

const COMPARISONS = new Set(['<', '<=', '>', '>=']);
const OPERATORS = new Set(['==', '!=', '+', '-', '*', '/', '%', ...COMPARISONS]);

/** Two sides that nothing can be done with together. */
function operatorFault(expression: string, node: ASTNode, scope: Scope): Fault | undefined {
  if (!OPERATORS.has(node.op) || !isPair(node.args)) return undefined;
  const [left, right] = node.args;
  const types = [scalarTypeOf(left, scope), scalarTypeOf(right, scope)] as const;
  if (types[0] === undefined || types[1] === undefined || types[0] === types[1]) return undefined;
  const areNumbers = types.every((type) => type === 'int' || type === 'double');
  if (areNumbers && COMPARISONS.has(node.op)) return undefined;
  return {
    index: expression.indexOf(node.op, left.end),
    text: `found no matching overload for '_${node.op}_' applied to '(${types.join(', ')})'`,
  };
}

function isPair(args: unknown): args is [ASTNode, ASTNode] {
  return Array.isArray(args) && args.length === 2;
}
