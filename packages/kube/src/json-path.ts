import { isJsonArray, isJsonNumber, isJsonObject } from './json-access.ts';
import { JsonPathError, parseJsonPath } from './json-path-parser.ts';
import type { PathFilter, PathOperand, PathStep } from './json-path-parser.ts';
import type { JsonValue } from './json.ts';
import { numberText } from './lossless-json.ts';

export type JsonPathResult =
  | {
      readonly ok: true;
      /** Every value that the path leads to, in the order of the document. */
      evaluate(object: JsonValue): JsonValue[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * Compiles a path in kubectl's JSONPath dialect into a function; nothing is ever evaluated as
 * code. Where a key or an index is missing the path finds nothing, as with kubectl's
 * `AllowMissingKeys`. A path that would visit more than 50,000 values finds nothing either: a table
 * evaluates some for each of its cells.
 * Rule: client-go `util/jsonpath`.
 */
export function compileJsonPath(text: string): JsonPathResult {
  try {
    const walk = compileSteps(parseJsonPath(text));
    return {
      ok: true,
      evaluate(object) {
        const budget = { left: mostVisits };
        const found = walk([object], budget);
        return budget.left < 0 ? [] : found;
      },
    };
  } catch (error) {
    if (error instanceof JsonPathError) {
      return { ok: false, message: error.message };
    }
    throw error;
  }
}

const mostVisits = 50_000;

interface Budget {
  left: number;
}

type Walk = (values: JsonValue[], budget: Budget) => JsonValue[];
/** Calls `found` for each value that one value leads to. */
type Visit = (value: JsonValue, found: (value: JsonValue) => void, budget: Budget) => void;

function compileSteps(steps: readonly PathStep[]): Walk {
  const visits = steps.map(compileStep);
  return (values, budget) => {
    let current = values;
    for (const visit of visits) {
      const next: JsonValue[] = [];
      for (const value of current) {
        if (budget.left < 0) {
          return [];
        }
        visit(value, (found) => spend(budget) && next.push(found), budget);
      }
      current = next;
    }
    return current;
  };
}

/** Counts a visit; false when there were too many. */
function spend(budget: Budget): boolean {
  budget.left -= 1;
  return budget.left >= 0;
}

function compileStep(step: PathStep): Visit {
  switch (step.kind) {
    case 'field':
      return (value, found) => visitField(value, step.name, step.nested, found);
    case 'wildcard':
      return visitChildren;
    case 'recursive':
      return visitDescendants;
    case 'index':
      return (value, found) => {
        const item = isJsonArray(value) ? value.at(step.index) : undefined;
        if (item !== undefined) {
          found(item);
        }
      };
    case 'slice':
      return (value, found) => visitSlice(value, step, found);
    case 'union': {
      const walks = step.paths.map(compileSteps);
      return (value, found, budget) => {
        for (const walk of walks) {
          walk([value], budget).forEach(found);
        }
      };
    }
    case 'filter':
      return compileFilter(step.filter);
  }
}

function visitField(
  value: JsonValue,
  name: string,
  nested: readonly string[] | undefined,
  found: (value: JsonValue) => void,
): void {
  if (!isJsonObject(value)) {
    return;
  }
  const child = Object.hasOwn(value, name) ? value[name] : undefined;
  if (child !== undefined) {
    found(child);
  } else if (nested !== undefined) {
    const [first = '', ...rest] = nested;
    if (rest.length === 0) {
      visitField(value, first, undefined, found);
    } else {
      visitField(value, first, undefined, (inner) =>
        visitField(inner, rest.join('.'), rest, found),
      );
    }
  }
}

function visitChildren(value: JsonValue, found: (value: JsonValue) => void): void {
  if (isJsonArray(value)) {
    value.forEach(found);
  } else if (isJsonObject(value)) {
    for (const child of Object.values(value)) {
      if (child !== undefined) {
        found(child);
      }
    }
  }
}

/** The value itself and everything below it, parents first; without recursion, however deep. */
function visitDescendants(
  value: JsonValue,
  found: (value: JsonValue) => void,
  budget: Budget,
): void {
  const pending = [value];
  for (let next = pending.pop(); next !== undefined && budget.left >= 0; next = pending.pop()) {
    found(next);
    const children: JsonValue[] = [];
    visitChildren(next, (child) => children.push(child));
    for (const child of children.reverse()) {
      pending.push(child);
    }
  }
}

/** As in kubectl, a slice that reaches beyond the list finds nothing. */
function visitSlice(
  value: JsonValue,
  slice: Extract<PathStep, { kind: 'slice' }>,
  found: (value: JsonValue) => void,
): void {
  if (!isJsonArray(value)) {
    return;
  }
  const fromEnd = (index: number) => (index < 0 ? index + value.length : index);
  const start = fromEnd(slice.start ?? 0);
  const end = fromEnd(slice.end ?? value.length);
  const step = slice.step ?? 1;
  if (start < 0 || end > value.length || step === 0) {
    return;
  }
  for (let index = start; index < end; index += step) {
    found(value[index] ?? null);
  }
}

function compileFilter({ left, operator, right }: PathFilter): Visit {
  const first = compileOperand(left);
  const second = right === undefined ? undefined : compileOperand(right);
  return (value, found, budget) => {
    for (const item of isJsonArray(value) ? value : []) {
      const [a] = first([item], budget);
      const [b] = second === undefined ? [] : second([item], budget);
      if (
        a !== undefined &&
        (operator === 'exists' || (b !== undefined && holds(a, operator, b)))
      ) {
        found(item);
      }
    }
  };
}

function compileOperand(operand: PathOperand): Walk {
  return operand.kind === 'path' ? compileSteps(operand.steps) : () => [operand.value];
}

function holds(a: JsonValue, operator: PathFilter['operator'], b: JsonValue): boolean {
  const order = compare(a, b);
  switch (operator) {
    case 'exists':
      return true;
    case '==':
      return order === 0;
    case '!=':
      return order !== undefined && order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
  }
}

/** The order of two values of the same type; undefined where they cannot be compared. */
function compare(a: JsonValue, b: JsonValue): number | undefined {
  if (isJsonNumber(a) && isJsonNumber(b)) {
    const [left, right] = [numberText(a), numberText(b)];
    const whole = /^-?\d+$/;
    return whole.test(left) && whole.test(right)
      ? order(BigInt(left), BigInt(right))
      : order(Number(left), Number(right));
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return order(a, b);
  }
  return typeof a === 'boolean' && typeof b === 'boolean' ? Number(a) - Number(b) : undefined;
}

function order<T extends bigint | number | string>(a: T, b: T): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
