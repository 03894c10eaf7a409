import { stringAt, listAt } from '../../json-access.ts';
import type { Rule } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { isLeaving } from '../pod-phase.ts';
import { alike, kindOf, said } from '../wording.ts';

/** An object of a kind without conditions that says in one word that it failed. */
export const failedPhase: Rule = (node, scene) => {
  const field = ['phase', 'state'].find((name) =>
    bad.test(stringAt(node.object, 'status', name) ?? ''),
  );
  const silent = listAt(node.object, 'status', 'conditions').length === 0;
  if (field === undefined || !silent || isLeaving(node)) {
    return [];
  }
  const word = stringAt(node.object, 'status', field) ?? '';
  const message =
    stringAt(node.object, 'status', 'message') ?? stringAt(node.object, 'status', 'reason');
  return [
    {
      severity: scene.isOld(node) ? 'note' : 'stuck',
      node,
      likeness: `${kindOf(node)} ${word} ${alike(message ?? '', node)}`,
      tell: (who, many) => `${who} ${many ? 'say' : 'says'} ${word}${said(message)}`,
      evidence: `status.${field}`,
      kubectl: describeLine(node),
    },
  ];
};

const bad = /^(?:failed|failure|error|errored|degraded|stalled|invalid|unhealthy)$/i;
