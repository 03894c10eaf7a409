import { isMet } from '../conditions.ts';
import type { JsonObject } from '../json.ts';
import { podStatus } from '../pod-status.ts';
import { inWords } from './words.ts';

/** What a pod's bar shows, `reason` being that of its health; reasons of containers stay as they are. */
export function podWord(pod: JsonObject, reason: string): string {
  if (reason === 'Running' && isMet(pod, 'Ready')) {
    return 'Ready';
  }
  const { restarts } = podStatus(pod);
  if (restarts > 0 && /CrashLoopBackOff|Error|OOMKilled/.test(reason)) {
    return `${reason} ×${restarts}`;
  }
  if (reason === 'Not ready') {
    return restarts > 0 ? `Not ready, restarted ×${restarts}` : reason;
  }
  return reason === 'SchedulingGated' ? inWords(reason) : reason || 'Pending';
}
