import { syntaxErrorOf } from '../http/go-syntax.ts';
import { isMap, parseJson, type Json } from '../json.ts';
import { badRequest } from '../status.ts';

/** Where a paged list goes on (apiserver pkg/storage/continue.go). */
export interface ContinueToken {
  /** The snapshot it belongs to; below zero for one that goes on with whatever is there now. */
  readonly revision: number;
  /** The first key that may come. */
  readonly start: string;
}

const VERSION = 'meta.k8s.io/v1';

export function encodeContinue(token: ContinueToken): string {
  const text = JSON.stringify({ v: VERSION, rv: token.revision, start: token.start });
  return Buffer.from(text).toString('base64url');
}

/** Throws 400 for a token that was not made here, in Kubernetes' words. */
export function decodeContinue(text: string): ContinueToken {
  const token = decodeJson(text);
  const { v: version = '', rv = 0, start = '' } = isMap(token) ? token : {};
  if (version !== VERSION) {
    throw invalidToken(
      `: server does not recognize this encoded version ${typeof version === 'string' ? version : ''}`,
    );
  }
  if (typeof rv !== 'number' || rv === 0) {
    throw invalidToken(`: incorrect encoded start resourceVersion (version ${VERSION})`);
  }
  if (typeof start !== 'string' || start === '') {
    throw invalidToken(`: encoded start key empty (version ${VERSION})`);
  }
  // It must not lead out of the resource.
  const key = start.startsWith('/') ? start : `/${start}`;
  const segments = key.slice(1).split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw invalidToken(`: ${start}`);
  }
  return { revision: rv, start: key.slice(1) };
}

function decodeJson(text: string): Json {
  const wrong = text.search(/[^A-Za-z0-9_-]/);
  if (wrong >= 0) throw invalidToken(`: illegal base64 data at input byte ${wrong}`);
  const json = Buffer.from(text, 'base64url').toString();
  try {
    return parseJson(json);
  } catch {
    // Go looks at bytes, not at characters.
    const bytes = Buffer.from(text, 'base64url').toString('latin1');
    throw invalidToken(`: ${syntaxErrorOf(bytes).replaceAll(/[\u0080-\u00a0\u00ad]/g, escaped)}`);
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function invalidToken(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid${why}`);
}
