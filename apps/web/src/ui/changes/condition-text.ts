import type { ConditionChange } from '@kindscope/protocol';
import { durationText } from './duration-text.ts';

/** Whether a condition's status is good news, bad news or neither; colour means nothing else here. */
export type ConditionTone = 'good' | 'bad' | 'waiting' | 'plain';

/** Types for which True is good, by the Kubernetes API conventions, kstatus and the well-known operators. */
const goodWhenTrue =
  /^(Ready|Available|Healthy|Progressing|Established|NamesAccepted|Succeeded|Complete|Completed|Synced|Reconciled|Accepted|Programmed|ResolvedRefs|Initialized|PodScheduled|ContainersReady|.+Ready|.+Available|.+Healthy|.+Succeeded)$/u;
/** Types for which True is bad. */
const badWhenTrue =
  /^(Degraded|Stalled|Failed|Failure|Error|Terminating|ReplicaFailure|NonStructuralSchema|.+Failed|.+Failure|.+Error|.+Pressure|.+Unavailable|.+Degraded)$/u;
/** Not good when False: these only say that it has not happened yet. */
const openWhenFalse = /^(Succeeded|Complete|Completed|.+Succeeded)$/u;

/** The tone of a condition's status; types whose polarity is not known are plain. */
export function conditionTone(type: string, status: string | undefined): ConditionTone {
  if (badWhenTrue.test(type)) return toneOf(status, 'bad', 'good');
  if (openWhenFalse.test(type)) return toneOf(status, 'good', 'plain');
  if (goodWhenTrue.test(type)) return toneOf(status, 'good', 'bad');
  return 'plain';
}

function toneOf(
  status: string | undefined,
  whenTrue: ConditionTone,
  whenFalse: ConditionTone,
): ConditionTone {
  if (status === 'True') return whenTrue;
  if (status === 'False') return whenFalse;
  return status === 'Unknown' ? 'waiting' : 'plain';
}

/** A condition's change in three parts, so that the new status can carry its tone: `Progressing True → `, `False`, ` after 4 min 12 s`. */
export function conditionParts(change: ConditionChange): {
  readonly lead: string;
  readonly status: string;
  readonly rest: string;
} {
  const { type, from, to, heldMs } = change;
  const after = heldMs === undefined ? '' : ` after ${durationText(heldMs)}`;
  if (to === undefined) return { lead: `${type} removed, was `, status: from ?? '', rest: after };
  if (from === undefined) return { lead: `${type} new: `, status: to, rest: '' };
  if (from === to) return { lead: `${type} still `, status: to, rest: '' };
  return { lead: `${type} ${from} → `, status: to, rest: after };
}
