import { isMap, type Json } from '../json.ts';
import { elementsOf, type Shape } from './shape.ts';

/** A path of elements as Kubernetes shows it: `.spec.parts[name="a"].count`. */
export function showPath(path: readonly string[]): string {
  return path.map(showElement).join('');
}

function showElement(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}

/** The value that a path of elements leads to; undefined when there is none. */
export function valueAt(
  value: Json | undefined,
  path: readonly string[],
  shape: Shape,
): Json | undefined {
  const [element, ...rest] = path;
  if (element === undefined) return value;
  const child = childShape(shape, element);
  return valueAt(childAt(value, element, shape), rest, child);
}

function childShape(shape: Shape, element: string): Shape {
  return element.startsWith('f:') ? shape.field(element.slice(2)) : shape.item();
}

function childAt(value: Json | undefined, element: string, shape: Shape): Json | undefined {
  if (element.startsWith('f:')) return isMap(value) ? value[element.slice(2)] : undefined;
  return Array.isArray(value) ? elementsOf(shape, value)?.get(element) : undefined;
}

/** Takes the value at a path out of `value`; says nothing when there is none. */
export function removeAt(value: Json | undefined, path: readonly string[], shape: Shape): void {
  const holder = valueAt(value, path.slice(0, -1), shape);
  const last = path.at(-1) ?? '';
  if (last.startsWith('f:')) {
    if (isMap(holder)) delete holder[last.slice(2)];
    return;
  }
  if (!Array.isArray(holder)) return;
  let holderShape = shape;
  for (const element of path.slice(0, -1)) holderShape = childShape(holderShape, element);
  const item = elementsOf(holderShape, holder)?.get(last);
  if (item !== undefined) holder.splice(holder.indexOf(item), 1);
}
