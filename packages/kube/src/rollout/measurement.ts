import { listAt, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';

const longestValue = 24;

/** The metric that an AnalysisRun measured last and what it was: `error-rate 0.03`. */
export function measured(run: JsonObject): string | undefined {
  const results = listAt(run, 'status', 'metricResults').flatMap((result) => {
    const last = listAt(result, 'measurements').at(-1);
    const value = stringAt(last, 'value');
    const name = stringAt(result, 'name');
    return value === undefined || value === '' || name === undefined
      ? []
      : [{ name, value, at: stringAt(last, 'finishedAt') ?? '' }];
  });
  const newest = results.reduce<(typeof results)[number] | undefined>(
    (best, result) => (best === undefined || result.at > best.at ? result : best),
    undefined,
  );
  return newest && `${newest.name} ${shortened(newest.value)}`;
}

/** Prometheus gives a list of one: `[0.03]`. */
function shortened(value: string): string {
  const bare = /^\[([^,[\]]*)\]$/.exec(value)?.[1] ?? value;
  return bare.length > longestValue ? `${bare.slice(0, longestValue - 1)}…` : bare;
}
