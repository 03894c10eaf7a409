/** Addresses as Go's `net`, `net/url` and `net/mail` read them, and so kube-openapi's formats. */

/** An IPv4 address inside; zeros in front are let be (k8s.io/utils/net ParseIPSloppy). */
export function isIpv4(text: string): boolean {
  return text.includes('.') && (isDotted(text, true) || isColons(text, true));
}

/** What Go's `net.ParseIP` takes and has a colon. */
export function isIpv6(text: string): boolean {
  return isColons(text, false);
}

function isDotted(text: string, sloppy: boolean): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every(
      (part) =>
        /^\d+$/.test(part) &&
        Number(part) <= 255 &&
        (sloppy || part === '0' || !part.startsWith('0')),
    )
  );
}

function isColons(text: string, sloppy: boolean): boolean {
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const all = groups.flat();
  const last = all.at(-1) ?? '';
  const dotted = last.includes('.') && !text.endsWith('::');
  if (dotted && !isDotted(last, sloppy)) return false;
  const plain = dotted ? all.slice(0, -1) : all;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const size = plain.length + (dotted ? 2 : 0);
  return halves.length === 2 ? size < 8 : size === 8;
}

export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const [address, mask] = [text.slice(0, slash), text.slice(slash + 1)];
  if (!/^\d+$/.test(mask)) return false;
  if (isDotted(address, true)) return Number(mask) <= 32;
  return isColons(address, true) && Number(mask) <= 128;
}

export function isMac(text: string): boolean {
  const pairs = '[0-9a-fA-F]{2}';
  const quads = '[0-9a-fA-F]{4}';
  return [
    `^${pairs}([:-])${pairs}(\\1${pairs}){4}((\\1${pairs}){2}|(\\1${pairs}){14})?$`,
    `^${quads}\\.${quads}(\\.${quads}){1}((\\.${quads})|(\\.${quads}){7})?$`,
  ].some((pattern) => new RegExp(pattern).test(text));
}

/** Go's `url.ParseRequestURI`: an absolute path, or a URI with a scheme. */
export function isRequestUri(text: string): boolean {
  if (text === '' || /\p{Cc}/u.test(text.replaceAll(/[\u0080-\u009f]/g, ''))) return false;
  if (text === '*') return true;
  const colon = text.indexOf(':');
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.exec(text);
  if (scheme === null && colon === 0) return false;
  const rest = scheme === null ? text : text.slice(scheme[0].length);
  const path = rest.split('?')[0] ?? '';
  if (!path.startsWith('/')) return scheme !== null;
  if (!path.startsWith('//') || (scheme === null && path.startsWith('///'))) return unescapes(path);
  // Without a scheme two slashes are a path of a request.
  if (scheme === null) return unescapes(path);
  const authority = /^\/\/([^/]*)/.exec(path)?.[1] ?? '';
  return isAuthority(authority) && unescapes(path.slice(authority.length + 2));
}

function unescapes(path: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(path);
}

function isAuthority(authority: string): boolean {
  const sign = authority.lastIndexOf('@');
  const user = sign < 0 ? '' : authority.slice(0, sign);
  const host = authority.slice(sign + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !unescapes(user)) return false;
  if (host.startsWith('[')) {
    const found = /^\[([^\]]*)\](:\d*)?$/.exec(host);
    const address = found?.[1]?.split('%25')[0] ?? '';
    return found !== null && isColons(address, false);
  }
  const colon = host.indexOf(':');
  if (colon >= 0 && !/^:\d*$/.test(host.slice(host.lastIndexOf(':')))) return false;
  if (host.lastIndexOf(':') !== colon) return false;
  // A host may be escaped where it is no ASCII.
  return !/[ \\^`{|}#%]/.test(host.replaceAll(/%[89a-fA-F][0-9a-fA-F]/g, ''));
}

const ATEXT = String.raw`A-Za-z0-9!#$%&'*+/=?^_\u0060{|}~\u0080-\uffff-`;
const ATOM = `[${ATEXT}]+`;
const QUOTED = String.raw`"(?:[^"\\\u0000-\u001f\u007f]|\\[\t\u0020-\u007e\u0080-\uffff])*"`;
const LITERAL = String.raw`\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-fA-F:.]+|[0-9a-fA-F:.]+)\]`;
const SPEC = `(?:${ATOM}(?:\\.${ATOM})*|${QUOTED})@(?:${ATOM}(?:\\.${ATOM})*|${LITERAL})`;
const EMAIL = new RegExp(`^[ \\t]*(?:${SPEC}|(?:[${ATEXT}. \\t]|${QUOTED})*<${SPEC}>)[ \\t]*$`);

/** An address of Go's `net/mail`, with or without a name before it; comments are not understood. */
export function isEmail(text: string): boolean {
  return EMAIL.test(text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, 'x'));
}
