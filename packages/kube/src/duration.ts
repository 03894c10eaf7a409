const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/**
 * A span of time in two units at most, as kubectl prints ages: `41s`, `2m5s`, `3h`, `4d6h`, `2y9d`.
 * Up to two seconds into the future count as now, since clocks differ; beyond that `<invalid>`.
 * Rule: apimachinery `pkg/util/duration`, HumanDuration.
 */
export function humanDuration(ms: number): string {
  if (Number.isNaN(ms) || ms <= -2 * second) {
    return '<invalid>';
  }
  const span = Math.max(0, ms);
  if (span < 2 * minute) {
    return `${Math.floor(span / second)}s`;
  }
  if (span < 10 * minute) {
    return twoUnits(span, minute, 'm', second, 's');
  }
  if (span < 3 * hour) {
    return `${Math.floor(span / minute)}m`;
  }
  if (span < 8 * hour) {
    return twoUnits(span, hour, 'h', minute, 'm');
  }
  if (span < 2 * day) {
    return `${Math.floor(span / hour)}h`;
  }
  if (span < 8 * day) {
    return twoUnits(span, day, 'd', hour, 'h');
  }
  if (span < 2 * year) {
    return `${Math.floor(span / day)}d`;
  }
  return span < 8 * year ? twoUnits(span, year, 'y', day, 'd') : `${Math.floor(span / year)}y`;
}

function twoUnits(span: number, large: number, l: string, small: number, s: string): string {
  const rest = Math.floor((span % large) / small);
  return `${Math.floor(span / large)}${l}${rest === 0 ? '' : `${rest}${s}`}`;
}
