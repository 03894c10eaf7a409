import { jsonAnswer, type Answer, type ApiRequest } from '../http/answer.ts';
import type { Registry } from '../resources/registry.ts';
import { PageNotFound } from '../status.ts';
import { openApiV2Answer } from './openapi-v2.ts';
import { openApiV3Document, openApiV3Index } from './openapi-v3.ts';

/** Answers what is asked below /openapi; undefined for everything else. */
export function answerOpenApi(registry: Registry, request: ApiRequest): Answer | undefined {
  const [first, dialect, ...rest] = request.segments;
  if (first !== 'openapi') return undefined;
  if (dialect === 'v2') return openApiV2Answer(request.headers.accept);
  if (dialect !== 'v3') throw new PageNotFound();
  if (rest.length === 0) return jsonAnswer(openApiV3Index(registry));
  const [root, ...path] = rest;
  const [group, version] = root === 'api' ? ['', path[0]] : [path[0], path[1]];
  const document = openApiV3Document(registry, group ?? '', version ?? '');
  if (document === undefined) throw new PageNotFound();
  return jsonAnswer(document);
}
