import { conditionsOf, type JsonObject, type JsonValue } from '@kindscope/kube';

export interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The object's conditions with these findings in them; lastTransitionTime moves only when a status does. */
export function withFindings(
  object: JsonObject,
  findings: readonly Finding[],
  now: number,
): JsonValue {
  const held = conditionsOf(object);
  const found = new Map(findings.map((finding) => [finding.type, finding]));
  const types = [...new Set([...held.map(({ type }) => type), ...found.keys()])];
  return types.map((type) => {
    const before = held.find((condition) => condition.type === type);
    const finding = found.get(type);
    const moved = finding !== undefined && finding.status !== before?.status;
    const since = before?.lastTransitionTime;
    return {
      type,
      status: finding?.status ?? before?.status ?? 'Unknown',
      reason: finding?.reason ?? before?.reason ?? 'Unknown',
      message: finding?.message ?? before?.message ?? '',
      lastTransitionTime: moved || since === undefined ? instant(now) : since,
    };
  });
}

/** RFC 3339 in seconds, as Kubernetes writes times. */
export function instant(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}
