import { conditionsOf, type Condition } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity, Trouble } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { isLeaving } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, instantOf, kindOf, said } from '../wording.ts';

/** A condition of any kind that says that something is wrong, or that it is not there yet. */
export const failedCondition: Rule = (node, scene) =>
  tellsItself.has(kindOf(node)) || isLeaving(node)
    ? []
    : conditionsOf(node.object).flatMap((condition) => {
        const severity = severityOf(condition, scene.now);
        return severity === undefined ? [] : [troubleOf(node, condition, severity, scene)];
      });

/** Kinds whose conditions have rules of their own. */
const tellsItself = new Set(['Pod', 'Job', 'Rollout', 'AnalysisRun', 'Deployment', 'ReplicaSet']);

const alarming = new Set(['Stalled', 'Degraded', 'Failed', 'Failure', 'Error', 'InvalidSpec']);
const wanted = new Set(['Ready', 'Available', 'Healthy', 'Succeeded']);
const failureWord =
  /fail|error|invalid|denied|forbidden|exceeded|backoff|refused|rejected|unauthorized|unsupported|conflict/i;

/** Controllers write a failure and mend it in the same breath while things are being made. */
const grace = 3_000;
/** A Deployment is given so long by default (`progressDeadlineSeconds`), and so is any other. */
const patience = 600_000;

function severityOf(condition: Condition, now: number): Severity | undefined {
  const age = now - (instantOf(condition.lastTransitionTime) ?? 0);
  if (alarming.has(condition.type)) {
    return condition.status === 'True' ? (age < grace ? 'waiting' : 'stuck') : undefined;
  }
  if (!wanted.has(condition.type) || condition.status !== 'False') {
    return undefined;
  }
  const allowed = failureWord.test(condition.reason ?? '') ? grace : patience;
  return age < allowed ? 'waiting' : 'stuck';
}

function troubleOf(
  node: SceneNode,
  condition: Condition,
  severity: Severity,
  scene: SceneIndex,
): Trouble {
  const { message = '', reason, type } = condition;
  const state = alarming.has(type) ? '' : 'not ';
  const why = reason === undefined ? '' : ` (${reason})`;
  return {
    severity: scene.isOld(node) ? 'note' : severity,
    node,
    likeness: `${kindOf(node)} ${type} ${reason} ${alike(message, node)}`,
    tell: (who, many) =>
      `${who} ${many ? 'are' : 'is'} ${state}${inWords(type)}${why}${said(message)}`,
    evidence: `status.conditions[type=${type}]`,
    since: instantOf(condition.lastTransitionTime),
    kubectl: describeLine(node),
  };
}

/** `InvalidSpec` → `invalid spec` */
function inWords(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
