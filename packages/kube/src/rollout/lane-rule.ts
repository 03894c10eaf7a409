import type { JsonObject } from '../json.ts';
import type { Health } from '../object-health.ts';
import type { Turn } from './scene.ts';

/** How an object is, with the word that its bar shows. */
export interface LaneStatus {
  readonly status: Health['status'];
  /** `Ready`, `Scaling up, 2 not ready`, `CrashLoopBackOff ×5` */
  readonly word: string;
}

/** How the objects of one kind are put, given their health. */
export type LaneRule = (
  object: JsonObject,
  health: Required<Health>,
  turn: Turn | undefined,
) => LaneStatus;
