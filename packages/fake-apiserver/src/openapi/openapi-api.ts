import { jsonAnswer, type Answer, type ApiRequest } from '../http/answer.ts';
import { parseAccept } from '../http/negotiation.ts';
import type { Registry } from '../resources/registry.ts';
import { PageNotFound } from '../status.ts';
import { asksForProtobuf, encodeOpenApiV2, OPENAPI_V2_PROTOBUF } from './openapi-v2-protobuf.ts';
import { openApiV2Document } from './openapi-v2.ts';
import { openApiV3Document, openApiV3Index } from './openapi-v3.ts';

/** Answers what is asked below /openapi; undefined for everything else. */
export function answerOpenApi(registry: Registry, request: ApiRequest): Answer | undefined {
  const [first, dialect, ...rest] = request.segments;
  if (first !== 'openapi') return undefined;
  if (dialect === 'v2' && rest.length === 0) return versionTwo(registry, request);
  if (dialect !== 'v3') throw new PageNotFound();
  if (rest.length === 0) return jsonAnswer(openApiV3Index(registry));
  const [root, ...path] = rest;
  const [group, version] = root === 'api' ? ['', path[0]] : [path[0], path[1]];
  const document = openApiV3Document(registry, group ?? '', version ?? '');
  if (document === undefined) throw new PageNotFound();
  return jsonAnswer(document);
}

function versionTwo(registry: Registry, request: ApiRequest): Answer {
  const document = openApiV2Document(registry);
  const ranges = parseAccept(request.headers.accept);
  if (!asksForProtobuf(ranges.map(({ type }) => type))) return jsonAnswer(document);
  return {
    kind: 'body',
    status: 200,
    contentType: OPENAPI_V2_PROTOBUF,
    body: encodeOpenApiV2(document),
  };
}
