import { conditionsOf, type Condition } from '../../conditions.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity, Trouble } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import { isLeaving } from '../pod-phase.ts';
import type { SceneIndex } from '../scene-index.ts';
import { alike, are, instantOf, kindOf, said } from '../wording.ts';

/** A condition of any kind that says that something is wrong, or that it is not there yet. */
export const failedCondition: Rule = (node, scene) =>
  isLeaving(node)
    ? []
    : conditionsOf(node.object).flatMap((condition) => {
        const severity = severityOf(condition, scene.now);
        return severity === undefined ? [] : [troubleOf(node, condition, severity, scene)];
      });

const alarming = new Set(['Stalled', 'Degraded', 'Failed', 'Failure', 'Error', 'InvalidSpec']);
const wanted = new Set(['Ready', 'Available', 'Healthy', 'Succeeded']);

/** Reasons that say that something went wrong, and such as say that something is not there yet. */
const failure =
  /fail|error|invalid|denied|forbidden|exceeded|backoff|refused|reject|unauthori|unsupported|conflict|crash|lost|abort|time(?:d)?out/i;
const absence = /notfound|missing|doesnotexist|unknown|unresolved/i;

function severityOf(condition: Condition, now: number): Severity | undefined {
  const { reason = '', status, type } = condition;
  const bad = alarming.has(type) && status === 'True';
  if (!bad && !(wanted.has(type) && status === 'False')) {
    return undefined;
  }
  const allowed =
    bad || failure.test(reason)
      ? patience.retry
      : absence.test(reason)
        ? patience.usual
        : patience.long;
  return now - (instantOf(condition.lastTransitionTime) ?? 0) < allowed ? 'waiting' : 'stuck';
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
    tell: (who, many) => `${who} ${are(many)} ${state}${inWords(type)}${why}${said(message)}`,
    evidence: `status.conditions[type=${type}]`,
    since: instantOf(condition.lastTransitionTime),
    kubectl: describeLine(node),
  };
}

/** `InvalidSpec` → `invalid spec` */
function inWords(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
