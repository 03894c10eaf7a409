import { conditionOf, isMet } from '../conditions.ts';
import { listAt, objectAt, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import type { LaneStatus } from './lane-rule.ts';
import { wholeAt } from './object-reading.ts';
import { inWords } from './words.ts';

/** A Job on its way to completion: what runs is not through yet. */
export function jobLane(job: JsonObject, { status, reason }: Required<Health>): LaneStatus {
  const failure = conditionOf(job, 'FailureTarget');
  if (status === 'failing' || failure?.status === 'True') {
    return { status: 'failing', word: inWords(failure?.reason || reason || 'Failed') };
  }
  if (isMet(job, 'Complete')) {
    return { status, word: 'Completed' };
  }
  if (property(objectAt(job, 'spec'), 'suspend') === true) {
    return { status: 'working', word: 'Suspended' };
  }
  if (stringAt(job, 'status', 'startTime') === undefined) {
    return { status: 'working', word: 'Not started' };
  }
  const failed = wholeAt(job, 'status', 'failed') ?? 0;
  return { status: 'working', word: failed > 0 ? `Running, ${failed} failed` : 'Running' };
}

/** A CronJob is well whatever its Jobs do. */
export function cronJobLane(cronJob: JsonObject, { status }: Required<Health>): LaneStatus {
  if (property(objectAt(cronJob, 'spec'), 'suspend') === true) {
    return { status, word: 'Suspended' };
  }
  const active = listAt(cronJob, 'status', 'active').length;
  return { status, word: active > 0 ? 'Running' : 'Scheduled' };
}
