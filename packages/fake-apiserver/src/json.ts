import {
  isLosslessNumber,
  parseJson as parseLosslessly,
  type LosslessNumber,
} from '@kindscope/kube';

/** JSON that may still be changed: an object on its way into the store. */
export type Json = null | boolean | number | string | LosslessNumber | Json[] | JsonMap;

export interface JsonMap {
  [key: string]: Json | undefined;
}

export function isMap(value: unknown): value is JsonMap {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
  );
}

/** The map under `key`, or undefined when there is none or it is something else. */
export function mapAt(parent: JsonMap | undefined, key: string): JsonMap | undefined {
  const value = parent?.[key];
  return isMap(value) ? value : undefined;
}

/** The map under `key`, made when it is absent. */
export function ensureMap(parent: JsonMap, key: string): JsonMap {
  const present = mapAt(parent, key);
  if (present !== undefined) return present;
  const made: JsonMap = {};
  parent[key] = made;
  return made;
}

export function stringAt(parent: JsonMap | undefined, key: string): string | undefined {
  const value = parent?.[key];
  return typeof value === 'string' ? value : undefined;
}

export function listAt(parent: JsonMap | undefined, key: string): Json[] {
  const value = parent?.[key];
  return Array.isArray(value) ? value : [];
}

export function stringsAt(parent: JsonMap | undefined, key: string): string[] {
  return listAt(parent, key).filter((item) => typeof item === 'string');
}

/** The strings of a string-to-string map such as labels. */
export function stringMapAt(parent: JsonMap | undefined, key: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(mapAt(parent, key) ?? {})) {
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

/** A deep copy; numbers kept digit for digit stay what they are, for they are frozen. */
export function clone<T extends Json | undefined>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => clone(item)) as T;
  if (!isMap(value)) return value;
  const copy: JsonMap = {};
  for (const [key, item] of Object.entries(value)) copy[key] = clone(item);
  return copy as T;
}

/** Parses JSON and keeps every number's digits; what it returns is ours to change. */
export function parseJson(text: string): Json {
  return parseLosslessly(text) as Json;
}
