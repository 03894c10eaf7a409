import { isMet } from '../conditions.ts';
import { stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import { podStatus } from '../pod-status.ts';
import type { LaneStatus } from './lane-rule.ts';
import { clipped, inWords } from './words.ts';

/** A pod in the word of `kubectl get pods`, with how often it restarted where that is the trouble. */
export function podLane(pod: JsonObject, health: Required<Health>): LaneStatus {
  return { status: health.status, word: clipped(wordOf(pod, health)) };
}

function wordOf(pod: JsonObject, { status, reason }: Required<Health>): string {
  if (status === 'healthy') {
    const running = stringAt(pod, 'status', 'phase') === 'Running' && isMet(pod, 'Ready');
    return running ? 'Ready' : reason || 'Completed';
  }
  const { restarts } = podStatus(pod);
  const times = restarts > 0 ? ` ×${restarts}` : '';
  if (reason === 'Not ready') {
    return restarts > 0 ? `Not ready, restarted${times}` : reason;
  }
  if (broken.test(reason)) {
    return `${reason}${times}`;
  }
  return reason === 'SchedulingGated' ? inWords(reason) : reason || 'Pending';
}

/** The reasons of a container that was started, and did not stay up. */
const broken = /(?:CrashLoopBackOff|Error|OOMKilled|ExitCode:\d+|Signal:\d+)$/;
