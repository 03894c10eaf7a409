interface KubeVersion {
  readonly stability: number;
  readonly major: number;
  readonly minor: number;
}

const pattern = /^v(\d{1,15})(?:(alpha|beta)(\d{1,15}))?$/;

/**
 * Orders API versions best first, as discovery and kubectl prefer them: v2, v1, v1beta2, v1beta1,
 * v1alpha1, then whatever is named otherwise, by name. For `Array.sort`: negative where `a` is
 * preferred. Rule: apimachinery `pkg/version`, CompareKubeAwareVersionStrings.
 */
export function compareVersions(a: string, b: string): number {
  const first = parseVersion(a);
  const second = parseVersion(b);
  if (first === undefined || second === undefined) {
    return Number(first === undefined) - Number(second === undefined) || compareText(a, b);
  }
  return (
    second.stability - first.stability || second.major - first.major || second.minor - first.minor
  );
}

function parseVersion(text: string): KubeVersion | undefined {
  const [whole, major, stability, minor] = pattern.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const rank = { alpha: 0, beta: 1 }[stability ?? ''] ?? 2;
  return { stability: rank, major: Number(major), minor: Number(minor ?? 0) };
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
