import type { RolloutScene } from '../rollout/scene.ts';
import type { RolloutFinding, Rule } from './finding.ts';
import { bySeverity, groupTroubles } from './grouping.ts';
import { analysisFailed } from './rules/analysis-failed.ts';
import { argoAborted } from './rules/argo-aborted.ts';
import { claimPending } from './rules/claim-pending.ts';
import { containerWaiting } from './rules/container-waiting.ts';
import { countsNotMoving } from './rules/counts-not-moving.ts';
import { crashLoop } from './rules/crash-loop.ts';
import { creationRefused } from './rules/creation-refused.ts';
import { deadlineExceeded } from './rules/deadline-exceeded.ts';
import { deletionHeld } from './rules/deletion-held.ts';
import { failedCondition } from './rules/failed-condition.ts';
import { failedPhase } from './rules/failed-phase.ts';
import { generationNotObserved } from './rules/generation-not-observed.ts';
import { jobFailed } from './rules/job-failed.ts';
import { notReady } from './rules/not-ready.ts';
import { nothingWanted } from './rules/nothing-wanted.ts';
import { paused } from './rules/paused.ts';
import { podFailed } from './rules/pod-failed.ts';
import { statefulSetBlocked } from './rules/stateful-set-blocked.ts';
import { unschedulable } from './rules/unschedulable.ts';
import { warningEvent } from './rules/warning-event.ts';
import { groupBy, indexScene } from './scene-index.ts';
import { kindOf } from './wording.ts';

/** A rule, its name, and the kinds that it looks at. */
interface Row {
  readonly name: string;
  readonly rule: Rule;
  readonly of: (kind: string) => boolean;
}

const pods = (kind: string) => kind === 'Pod';
const others = (kind: string) => kind !== 'Pod';
const all = () => true;
const only = (pattern: RegExp) => (kind: string) => pattern.test(kind);

/** The most telling first: causes before what they lead to. */
const rules: readonly Row[] = [
  { name: 'argo-aborted', rule: argoAborted, of: only(/^Rollout\.argoproj\.io$/) },
  { name: 'job-failed', rule: jobFailed, of: only(/^Job\.batch$/) },
  { name: 'stateful-set-blocked', rule: statefulSetBlocked, of: only(/^StatefulSet\.apps$/) },
  { name: 'crash-loop', rule: crashLoop, of: pods },
  { name: 'container-waiting', rule: containerWaiting, of: pods },
  { name: 'creation-refused', rule: creationRefused, of: others },
  { name: 'unschedulable', rule: unschedulable, of: pods },
  { name: 'claim-pending', rule: claimPending, of: only(/^PersistentVolumeClaim$/) },
  {
    name: 'analysis-failed',
    rule: analysisFailed,
    of: only(/^(?:AnalysisRun|Experiment)\.argoproj\.io$/),
  },
  { name: 'pod-failed', rule: podFailed, of: pods },
  { name: 'not-ready', rule: notReady, of: pods },
  { name: 'failed-condition', rule: failedCondition, of: (kind) => !tellsItself.has(kind) },
  { name: 'failed-phase', rule: failedPhase, of: (kind) => !tellsItself.has(kind) },
  { name: 'deletion-held', rule: deletionHeld, of: all },
  {
    name: 'deadline-exceeded',
    rule: deadlineExceeded,
    of: only(/^(?!Rollout\.argoproj\.io$|Pod$)/),
  },
  { name: 'paused', rule: paused, of: others },
  { name: 'generation-not-observed', rule: generationNotObserved, of: others },
  { name: 'counts-not-moving', rule: countsNotMoving, of: others },
  { name: 'warning-event', rule: warningEvent, of: all },
  { name: 'nothing-wanted', rule: nothingWanted, of: only(/^DaemonSet\.apps$/) },
];

/** Kinds whose conditions and phases have rules of their own. */
const tellsItself = new Set([
  'Pod',
  'Job.batch',
  'Deployment.apps',
  'ReplicaSet.apps',
  'ReplicationController',
  'PersistentVolumeClaim',
  'Rollout.argoproj.io',
  'AnalysisRun.argoproj.io',
  'Experiment.argoproj.io',
]);

/**
 * Why a rollout does not go on, or what it waits for: sentences with their evidence, the most
 * telling first, one for all objects that have the same trouble. Empty where all is well.
 */
export function findingsOf(scene: RolloutScene): RolloutFinding[] {
  const index = indexScene(scene);
  const kinds = [...groupBy(index.nodes, kindOf)];
  return rules
    .flatMap(({ name, rule, of }) => {
      const nodes = kinds.flatMap(([kind, members]) => (of(kind) ? members : []));
      return groupTroubles(
        name,
        nodes.flatMap((node) => rule(node, index)),
      );
    })
    .toSorted(bySeverity);
}
