import { stringAt, type JsonMap } from '../json.ts';
import { invalidValue, required } from '../schema/field-errors.ts';
import type { Schema } from '../schema/schema.ts';
import type { Cause } from '../status.ts';

/** What is wrong with one of the simple paths that scales and printer columns have. */
export function simplePathCauses(path: string, field: string): Cause[] {
  if (path.startsWith('.')) return [];
  return [invalidValue(field, path, 'must be a simple json path starting with .')];
}

/** `scale.specReplicasPath` and the like must lie below one of `roots`. */
function scalePathCauses(path: string, field: string, roots: readonly string[]): Cause[] {
  const faults = simplePathCauses(path, field);
  if (faults.length > 0 || roots.some((root) => path.startsWith(`${root}.`))) return faults;
  const where = roots.length > 1 ? `either ${roots.join(' or ')}` : (roots[0] ?? '');
  return [invalidValue(field, path, `should be a json path under ${where}`)];
}

export function scaleCauses(scale: JsonMap, field: string): Cause[] {
  const causes: Cause[] = [];
  for (const [key, root] of [
    ['specReplicasPath', '.spec'],
    ['statusReplicasPath', '.status'],
  ] as const) {
    const path = stringAt(scale, key) ?? '';
    const at = `${field}.${key}`;
    causes.push(...(path === '' ? [required(at)] : scalePathCauses(path, at, [root])));
  }
  const selector = stringAt(scale, 'labelSelectorPath') ?? '';
  if (selector === '') return causes;
  const roots = ['.spec', '.status'];
  return [...causes, ...scalePathCauses(selector, `${field}.labelSelectorPath`, roots)];
}

/** Where a path such as `.spec.size` or `['a b']` leads, or why it leads nowhere. */
export type FieldPath =
  | {
      readonly kind: 'found';
      readonly path: string;
      readonly root: string;
      readonly schema: Schema;
    }
  | { readonly kind: 'lost'; readonly error: string };

/** apiextensions-apiserver pkg/apiserver/schema/cel ValidFieldPath. */
export function findFieldPath(path: string, start: Schema, brackets: boolean): FieldPath {
  const tokens = path.match(/'(?:[^'\\]|\\.)*'|[.[\]]|[^.[\]]+/g) ?? [];
  const lost = (error: string): FieldPath => ({ kind: 'lost', error });
  let schema = start;
  let found = '';
  let root = '';
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index];
    if (token === '[' && !brackets) return lost('array notation is not allowed');
    if (token !== '.' && token !== '[') return lost(`expected [ or . but got: ${token ?? ''}`);
    const next = tokens[index + 1];
    if (next === undefined) return lost('unexpected end of JSON path');
    if (token === '[' && !/^'.*'$/.test(next)) {
      return lost(`expected single quoted string but got ${next}`);
    }
    const name = token === '[' ? next.slice(1, -1).replaceAll(/\\(['\\])/g, '$1') : next;
    const step = stepInto(schema, name);
    if (step === undefined) return lost('does not refer to a valid field');
    schema = step;
    found += found === '' ? name : `.${name}`;
    root = root === '' ? name : root;
    index += 2;
    if (token !== '[') continue;
    const close = tokens[index];
    if (close === undefined) return lost('unexpected end of JSON path');
    if (close !== ']') return lost(`expected ] but got ${close}`);
    index += 1;
  }
  return { kind: 'found', path: found, root, schema };
}

function stepInto(schema: Schema, name: string): Schema | undefined {
  if (schema.properties !== undefined) return schema.properties.get(name);
  return typeof schema.others === 'object' ? schema.others : undefined;
}
