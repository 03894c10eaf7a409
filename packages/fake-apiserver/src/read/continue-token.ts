import { isMap, parseJson } from '../json.ts';
import { badRequest } from '../status.ts';

/** Where a paged list goes on (apiserver pkg/storage/continue.go). */
export interface ContinueToken {
  /** The snapshot it belongs to; -1 for one that goes on with whatever is there now. */
  readonly revision: number;
  /** The first key that may come. */
  readonly start: string;
}

const VERSION = 'meta.k8s.io/v1';

export function encodeContinue(token: ContinueToken): string {
  const text = JSON.stringify({ v: VERSION, rv: token.revision, start: token.start });
  return Buffer.from(text).toString('base64url');
}

/** Throws 400 for a token that was not made here. */
export function decodeContinue(text: string): ContinueToken {
  try {
    const token = parseJson(Buffer.from(text, 'base64url').toString());
    if (isMap(token) && token['v'] === VERSION) {
      const { rv, start } = token;
      if (typeof rv === 'number' && typeof start === 'string') return { revision: rv, start };
    }
  } catch {
    // Answered below, like every other token that cannot be read.
  }
  throw badRequest(
    'invalid continue token: continue key is not valid: incorrect encoded start resourceVersion',
  );
}
