import type { Clock } from '../clock.ts';
import { jsonAnswer, JSON_TYPE, textAnswer, type Answer, type ApiRequest } from '../http/answer.ts';
import { parseAccept } from '../http/negotiation.ts';
import type { Registry } from '../resources/registry.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { PageNotFound } from '../status.ts';
import { asksForProtobuf, encodeOpenApiV2, OPENAPI_V2_PROTOBUF } from './openapi-v2-protobuf.ts';
import { openApiV2Document } from './openapi-v2.ts';
import { createOpenApiV3, sameTypes, writeDocument, type Written } from './openapi-v3.ts';

/** Everything below /openapi. */
export interface OpenApi {
  /** Undefined for a path that lies elsewhere. Throws `PageNotFound`. */
  answer(request: ApiRequest): Answer | undefined;
}

interface VersionTwo extends Written {
  readonly types: readonly ResourceType[];
  readonly protobuf: Buffer;
}

/** The documents are written when they are first asked for, and anew when what is served changes. */
export function createOpenApi(registry: Registry, clock: Clock): OpenApi {
  const three = createOpenApiV3(registry);
  let two: VersionTwo | undefined;

  function versionTwo(request: ApiRequest): Answer {
    const types = [...registry.types()];
    if (two === undefined || !sameTypes(two.types, types)) {
      const document = openApiV2Document(registry);
      two = { types, ...writeDocument(document), protobuf: encodeOpenApiV2(document) };
    }
    const known = notModified(request, two.hash);
    if (known !== undefined) return known;
    const headers = { etag: `"${two.hash}"`, vary: 'Accept', 'cache-control': 'no-cache, private' };
    const asked = parseAccept(request.headers.accept).map(({ type }) => type);
    if (!asksForProtobuf(asked)) return textAnswer(two.text, JSON_TYPE, 200, headers);
    const contentType = OPENAPI_V2_PROTOBUF;
    return { kind: 'body', status: 200, contentType, body: two.protobuf, headers };
  }

  return {
    answer(request) {
      const [first, dialect, ...rest] = request.segments;
      if (first !== 'openapi') return undefined;
      if (dialect === 'v2' && rest.length === 0) return versionTwo(request);
      if (dialect !== 'v3') throw new PageNotFound();
      if (rest.length === 0) return jsonAnswer(three.index());
      const [root, ...path] = rest;
      const [group = '', version = ''] = root === 'api' ? ['', path[0]] : path;
      const written = three.document(group, version);
      if (written === undefined) throw new PageNotFound();
      return versionThree(request, written, clock.now());
    },
  };
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** A document under the hash of its own content may be kept for ever (KEP-2896). */
function versionThree(request: ApiRequest, { text, hash }: Written, now: number): Answer {
  const asked = request.query.get('hash') ?? '';
  const headers = { etag: `"${hash}"`, vary: 'Accept', 'cache-control': 'no-cache, private' };
  if (asked !== '' && asked !== hash) {
    const location = `/${request.segments.join('/')}?hash=${hash}`;
    return textAnswer('', JSON_TYPE, 301, { ...headers, location });
  }
  const known = notModified(request, hash);
  if (known !== undefined) return known;
  if (asked === '') return textAnswer(text, JSON_TYPE, 200, headers);
  return textAnswer(text, JSON_TYPE, 200, {
    ...headers,
    'cache-control': 'public, immutable',
    expires: new Date(now + YEAR_MS).toUTCString(),
  });
}

function notModified(request: ApiRequest, hash: string): Answer | undefined {
  if (request.headers['if-none-match'] !== `"${hash}"`) return undefined;
  return textAnswer('', JSON_TYPE, 304, { etag: `"${hash}"`, vary: 'Accept' });
}
