import { JSON_TYPE, textAnswer, type Answer, type ApiRequest } from './http/answer.ts';
import { methodNotAllowed } from './status.ts';

/** The Kubernetes version whose behaviour this server follows. */
const KUBERNETES_VERSION = 'v1.36.3';

const HEALTH_PATHS = new Set(['healthz', 'livez', 'readyz']);
/** What can be asked of by its own name below a health path. */
const CHECKS = new Set(['ping', 'log', 'etcd']);

/** What anybody may ask without a token (RBAC's system:public-info-viewer); else undefined. */
export function answerPublic({ method, segments, query }: ApiRequest): Answer | undefined {
  const [first = '', second] = segments;
  if (second !== undefined) return undefined;
  if (HEALTH_PATHS.has(first)) {
    return textAnswer(query.has('verbose') ? verboseHealth(first) : 'ok');
  }
  if (first !== 'version') return undefined;
  if (method !== 'GET') throw methodNotAllowed();
  // For people, whoever asks.
  return textAnswer(JSON.stringify(versionInfo(), undefined, 2), JSON_TYPE);
}

/** One check of the server's health by its name, which needs a token; else undefined. */
export function answerCheck({ segments }: ApiRequest): Answer | undefined {
  const [first = '', check = '', ...rest] = segments;
  const known = HEALTH_PATHS.has(first) && CHECKS.has(check) && rest.length === 0;
  return known ? textAnswer('ok') : undefined;
}

function verboseHealth(path: string): string {
  const checks = [...CHECKS].map((check) => `[+]${check} ok\n`);
  return `${checks.join('')}${path} check passed\n`;
}

function versionInfo(): { [key: string]: string } {
  const [major = '', minor = ''] = KUBERNETES_VERSION.slice(1).split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: `${KUBERNETES_VERSION}+embedded`,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: `node${process.versions.node}`,
    compiler: 'none',
    platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
}
