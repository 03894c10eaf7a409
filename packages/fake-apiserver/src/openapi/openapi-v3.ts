import { createHash } from 'node:crypto';
import type { JsonMap } from '../json.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { documentPath, pathsOf } from './operations.ts';
import { schemasOf, servedTypes } from './schemas.ts';

/** A document as it is sent, and the hash that stands for it. */
export interface Written {
  readonly text: string;
  readonly hash: string;
}

export function writeDocument(document: JsonMap): Written {
  const text = JSON.stringify(document);
  return { text, hash: createHash('sha512').update(text).digest('hex').toUpperCase() };
}

/** The OpenAPI v3 documents, one for each group-version, kept as long as they are true. */
export interface OpenApiV3 {
  /** The paths of `/openapi/v3`. */
  index(): JsonMap;
  /** Undefined when the group-version is not served. */
  document(group: string, version: string): Written | undefined;
}

interface Kept {
  readonly types: readonly ResourceType[];
  readonly written: Written;
}

export function createOpenApiV3(registry: Registry): OpenApiV3 {
  const kept = new Map<string, Kept>();

  function document(group: string, version: string): Written | undefined {
    const types = [...servedTypes(registry, group, version)].map(({ type }) => type);
    if (types.length === 0) return undefined;
    const path = documentPath(group, version);
    const before = kept.get(path);
    if (before !== undefined && sameTypes(before.types, types)) return before.written;
    const written = writeDocument(openApiV3Document(registry, group, version));
    kept.set(path, { types, written });
    return written;
  }

  return {
    document,
    index() {
      const paths: JsonMap = {};
      for (const [group, version] of groupVersions(registry)) {
        const path = documentPath(group, version);
        const hash = document(group, version)?.hash ?? '';
        paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
      }
      return { paths };
    },
  };
}

/** Types are served anew, as other objects, whenever they change. */
export function sameTypes(a: readonly ResourceType[], b: readonly ResourceType[]): boolean {
  return a.length === b.length && a.every((type, index) => type === b[index]);
}

export function groupVersions(registry: Registry): (readonly [string, string])[] {
  const found = new Map<string, readonly [string, string]>();
  for (const type of registry.types()) {
    for (const { version, served } of type.versions) {
      if (served) found.set(documentPath(type.group, version), [type.group, version]);
    }
  }
  return [...found.values()];
}

/** The document of one group-version: what can be done where, and what the kinds look like. */
function openApiV3Document(registry: Registry, group: string, version: string): JsonMap {
  const paths: JsonMap = {};
  for (const served of servedTypes(registry, group, version)) {
    Object.assign(paths, pathsOf(served));
  }
  return {
    openapi: '3.0.0',
    info: OPENAPI_INFO,
    paths,
    components: { schemas: schemasOf(registry, group, version) },
  };
}

export const OPENAPI_INFO: JsonMap = { title: 'Kubernetes', version: '1.36' };
