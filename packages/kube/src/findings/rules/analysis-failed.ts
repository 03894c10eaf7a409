import { listAt, stringAt } from '../../json-access.ts';
import type { JsonValue } from '../../json.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { instantOf, said } from '../wording.ts';

const badPhase = /^(?:Failed|Error|Inconclusive)$/;

/** An AnalysisRun or Experiment of Argo that did not go well, with the metric that decided it. */
export const analysisFailed: Rule = (node, scene) => {
  const phase = stringAt(node.object, 'status', 'phase') ?? '';
  if (!badPhase.test(phase)) {
    return [];
  }
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: node.uid,
      tell: (who) => `${who} ${verdicts.get(phase) ?? ''}${whyOf(node)}`,
      evidence: 'status.metricResults',
      since: sinceOf(node),
      kubectl: describeLine(node),
    },
  ];
};

const verdicts = new Map([
  ['Failed', 'failed'],
  ['Error', 'could not be measured'],
  ['Inconclusive', 'was inconclusive'],
]);

function whyOf(node: SceneNode): string {
  const metric = decisive(node);
  const told =
    stringAt(metric, 'message') ??
    stringAt(lastMeasurement(metric), 'message') ??
    stringAt(node.object, 'status', 'message');
  const name = stringAt(metric, 'name');
  const value = stringAt(lastMeasurement(metric), 'value');
  const measured = value ? ` measured ${value.slice(0, 60)}` : '';
  return `${name === undefined ? '' : `, metric ${name}${measured}`}${said(told)}`;
}

function decisive(node: SceneNode): JsonValue | undefined {
  return listAt(node.object, 'status', 'metricResults').find((result) =>
    badPhase.test(stringAt(result, 'phase') ?? ''),
  );
}

function lastMeasurement(metric: JsonValue | undefined): JsonValue | undefined {
  return listAt(metric, 'measurements').at(-1);
}

function sinceOf(node: SceneNode): number | undefined {
  return (
    instantOf(stringAt(lastMeasurement(decisive(node)), 'finishedAt')) ??
    instantOf(stringAt(node.object, 'status', 'completedAt'))
  );
}
