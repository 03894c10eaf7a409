import { jsonAnswer, textAnswer, type Answer } from './http/answer.ts';

/** The Kubernetes version whose behaviour this server follows. */
export const KUBERNETES_VERSION = 'v1.36.3';

const HEALTH_PATHS = new Set(['healthz', 'livez', 'readyz']);

/** What anybody may ask without a token (RBAC's system:public-info-viewer); else undefined. */
export function answerPublic(
  segments: readonly string[],
  query: URLSearchParams,
): Answer | undefined {
  const [first = ''] = segments;
  if (HEALTH_PATHS.has(first)) {
    const verbose = query.has('verbose') ? `[+]ping ok\n${first} check passed\n` : 'ok';
    return textAnswer(verbose);
  }
  return first === 'version' && segments.length === 1 ? jsonAnswer(versionInfo()) : undefined;
}

function versionInfo(): { [key: string]: string } {
  const [major = '', minor = ''] = KUBERNETES_VERSION.slice(1).split('.');
  return {
    major,
    minor,
    gitVersion: `${KUBERNETES_VERSION}+embedded`,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: `node${process.versions.node}`,
    compiler: 'none',
    platform: `${process.platform}/${process.arch}`,
  };
}
