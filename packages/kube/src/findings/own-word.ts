import { isMet } from '../conditions.ts';
import { healthOf } from '../health.ts';
import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { kindOf } from '../rollout/object-kind.ts';

/** The health of an object; what runs to an end counts as under way while it runs. */
export function ownHealth(object: JsonObject): Health {
  return underWay(object) ?? healthOf(object);
}

/** Whether the object itself says that all is well, rather than nothing. */
export function saysItIsWell(object: JsonObject): boolean {
  const { status, reason } = ownHealth(object);
  return status === 'healthy' && reason !== undefined;
}

function underWay(object: JsonObject): Health | undefined {
  const phase = stringAt(object, 'status', 'phase') ?? '';
  switch (kindOf(object)) {
    case 'Job.batch':
      return isMet(object, 'Complete') || isMet(object, 'Failed')
        ? undefined
        : { status: 'working', reason: 'Running' };
    case 'AnalysisRun.argoproj.io':
    case 'Experiment.argoproj.io':
      return phase === 'Successful'
        ? { status: 'healthy', reason: phase }
        : { status: 'working', reason: phase || 'Pending' };
    default:
      return undefined;
  }
}
