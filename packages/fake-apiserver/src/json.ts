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

/** What a map itself has under a key: never what it inherits, whatever the key is called. */
export function ownAt(map: JsonMap | undefined, key: string): Json | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Sets a key that a client chose: `__proto__` becomes data too, and not the prototype. */
export function setOwn(map: JsonMap, key: string, value: Json | undefined): void {
  if (key !== '__proto__') map[key] = value;
  else {
    const settings = { value, configurable: true, enumerable: true, writable: true };
    Object.defineProperty(map, key, settings);
  }
}

/** The map under `key`, or undefined when there is none or it is something else. */
export function mapAt(parent: JsonMap | undefined, key: string): JsonMap | undefined {
  const value = ownAt(parent, key);
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
  const entries = Object.entries(mapAt(parent, key) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A deep copy; numbers kept digit for digit stay what they are, for they are frozen. */
export function clone<T extends Json | undefined>(value: T): T {
  if (Array.isArray(value)) return value.map((item) => clone(item)) as T;
  if (!isMap(value)) return value;
  const copy: JsonMap = {};
  for (const [key, item] of Object.entries(value)) setOwn(copy, key, clone(item));
  return copy as T;
}

/** Parses JSON and keeps every number's digits; what it returns is ours to change. */
export function parseJson(text: string): Json {
  return parseLosslessly(text) as Json;
}
