import { humanDuration, printerColumns } from '@kindscope/kube';
import { isMap, type Json, type JsonMap } from '../../json.ts';
import { selectorText } from '../../resources/selector-text.ts';

/** What stands in one column of an object's row. */
export type Cell = (object: JsonMap, now: number) => Json;

/** Cells by the name of their column. Rule: kubernetes pkg/printers/internalversion/printers.go. */
export type Cells = Readonly<Record<string, Cell>>;

/** The cells of a kind that Kindscope's own tables show in the same way. */
export function shownByKube(group: string, resource: string): Cells {
  const cells: Record<string, Cell> = {};
  for (const column of printerColumns({ group, resource })) {
    cells[column.name] = (object) => {
      const text = column.cell(object);
      return text !== null && column.type === 'integer' ? Number(text) : (text ?? '');
    };
  }
  return cells;
}

/** What is below an object, step by step; undefined where there is nothing. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value;
  for (const key of path) found = isMap(found) ? found[key] : undefined;
  return found;
}

export function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function countAt(value: Json | undefined, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : 0;
}

export function itemsAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A text or a number as text; undefined for anything else. */
export function shortAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** A text of the object, or what is shown in place of none. */
export function text(...path: readonly string[]): Cell {
  return (object) => textAt(object, ...path);
}

export function textOr(none: string, ...path: readonly string[]): Cell {
  return (object) => textAt(object, ...path) || none;
}

export function count(...path: readonly string[]): Cell {
  return (object) => countAt(object, ...path);
}

/** How long ago, as `kubectl get` shows it. */
export function age(time: string, now: number): string {
  const then = Date.parse(time);
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then);
}

/** A label selector, or a plain map of labels. */
export function selector(...path: readonly string[]): Cell {
  return (object) => {
    const found = at(object, ...path);
    return (isMap(found) && selectorText(found)) || '<none>';
  };
}

/** Labels that all must be there: `app=web,tier=front`. */
export function labels(...path: readonly string[]): Cell {
  return (object) => {
    const found = at(object, ...path);
    return (isMap(found) && selectorText({ matchLabels: found })) || '<none>';
  };
}

/** What the items of a list have in a field, one after the other. */
export function joined(field: string, ...path: readonly string[]): Cell {
  return (object) =>
    itemsAt(object, ...path)
      .map((item) => textAt(item, field))
      .join(',');
}
