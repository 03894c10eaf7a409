import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Who may ask: holders of the token, or of the cookie that a browser got for it. */
export interface Access {
  /** Whether this is the token; takes as long whatever is wrong about it. */
  isToken(text: string): boolean;
  /** By `Authorization: Bearer TOKEN` or the cookie. */
  allows(headers: IncomingHttpHeaders): boolean;
  /** `Authorization: Bearer` with something that is not the token. */
  isWrongBearer(headers: IncomingHttpHeaders): boolean;
  /** The value of `Set-Cookie`. */
  cookie(): string;
}

/**
 * The cookie's name carries the port, as cookies of one host are shared by all its ports. Its value
 * is made from the token, so that it says nothing of it and outlives a restart with the same token.
 */
export function createAccess(deps: {
  readonly token: string;
  readonly port: () => number;
  readonly basePath: string;
}): Access {
  const token = digest(deps.token);
  const session = createHash('sha256')
    .update(`kindscope session ${deps.token}`)
    .digest('base64url');
  const sessionDigest = digest(session);
  const cookieName = () => `kindscope_${deps.port()}`;

  const isToken = (text: string) => timingSafeEqual(digest(text), token);
  const isSession = (text: string) => timingSafeEqual(digest(text), sessionDigest);

  return {
    isToken,
    allows(headers) {
      const bearer = bearerOf(headers);
      if (bearer !== undefined) return isToken(bearer);
      return cookiesNamed(cookieName(), headers.cookie).some(isSession);
    },
    isWrongBearer(headers) {
      const bearer = bearerOf(headers);
      return bearer !== undefined && !isToken(bearer);
    },
    cookie: () =>
      `${cookieName()}=${session}; Path=${deps.basePath || '/'}; HttpOnly; SameSite=Strict`,
  };
}

/** Digests are of equal length: comparing them tells nothing of the length of the token either. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
}

/** All of that name: an older one, set for another path, must not hide the right one. */
function cookiesNamed(name: string, header: string | undefined): string[] {
  const found: string[] = [];
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) found.push(pair.slice(at + 1).trim());
  }
  return found;
}
