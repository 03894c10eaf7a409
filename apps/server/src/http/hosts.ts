import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Under which names browsers may reach us. */
export interface Hosts {
  /** Against DNS rebinding: a name of somebody else's that resolves to us is not ours. */
  isOurs(host: string | undefined): boolean;
  /** Against cross-site requests: no Origin (not a browser's doing), or the page's own. */
  isSameOrigin(headers: IncomingHttpHeaders): boolean;
}

/** `allowed`: lower case, with a port (that one) or without (any). `listen`: the address served on. */
export function createHosts(deps: {
  readonly allowed: readonly string[];
  readonly listen: string;
  readonly port: () => number;
}): Hosts {
  const own = [...loopbackNames, deps.listen.includes(':') ? `[${deps.listen}]` : deps.listen];
  return {
    isOurs(host) {
      if (host === undefined) return false;
      const asked = host.toLowerCase();
      const port = deps.port();
      // Browsers leave the port out where it is the scheme's.
      const ours =
        port === 80
          ? [...own, ...own.map((name) => `${name}:80`)]
          : own.map((name) => `${name}:${port}`);
      const withoutPort = asked.replace(/:\d+$/, '');
      return (
        ours.includes(asked) || deps.allowed.some((name) => name === asked || name === withoutPort)
      );
    },
    isSameOrigin({ origin, host }) {
      if (origin === undefined) return true;
      // The scheme may differ from ours: a proxy may speak TLS in front of us.
      return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
    },
  };
}
