import { healthOf } from '../health.ts';
import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { kindOf } from './object-kind.ts';
import { podWord } from './pod-word.ts';
import type { Turn } from './scene.ts';
import { inWords } from './words.ts';
import { workloadWord } from './workload-word.ts';

/** How an object is, with the word that its bar shows. */
export interface LaneStatus {
  readonly status: Health['status'];
  /** `Ready`, `Scaling up, 2 not ready`, `CrashLoopBackOff ×5` */
  readonly word: string;
}

/**
 * How an object is in a rollout, in one short word; `turn` is whether it belongs to what is rolled
 * out or to what was there before. Goes by the object alone: nothing changes with time.
 */
export function laneStatus(object: JsonObject, turn?: Turn): LaneStatus {
  const { status, reason = '' } = healthOf(object);
  if (stringAt(object, 'metadata', 'deletionTimestamp') !== undefined) {
    return { status, word: 'Terminating' };
  }
  if (kindOf(object) === 'Pod') {
    return { status, word: podWord(object, reason) };
  }
  return workloadWord(object, { status, reason }, turn) ?? { status, word: wordOf(status, reason) };
}

function wordOf(status: Health['status'], reason: string): string {
  if (reason !== '') {
    return inWords(reason);
  }
  return words[status];
}

const words: Readonly<Record<Health['status'], string>> = {
  healthy: 'Healthy',
  working: 'Progressing',
  failing: 'Failing',
  unknown: 'Present',
};
