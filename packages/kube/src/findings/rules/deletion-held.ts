import { listAt, stringAt } from '../../json-access.ts';
import type { SceneNode } from '../../rollout/scene.ts';
import type { Rule, Severity } from '../finding.ts';
import { describeLine } from '../kubectl.ts';
import { patience } from '../patience.ts';
import type { SceneIndex } from '../scene-index.ts';
import { are, instantOf, kindOf } from '../wording.ts';

/** An object that is being deleted and cannot go: finalizers hold it, or a pod does not end. */
export const deletionHeld: Rule = (node, scene) => {
  const since = instantOf(stringAt(node.object, 'metadata', 'deletionTimestamp'));
  if (since === undefined) {
    return [];
  }
  const finalizers = finalizersOf(node);
  const held = finalizers.length > 0;
  const age = scene.now - since;
  // A pod's deletion time is when it has to be gone, other objects' when they were to go.
  const allowed = kindOf(node) === 'Pod' ? patience.ending : patience.retry;
  if (age < allowed || (!held && kindOf(node) !== 'Pod')) {
    return [];
  }
  return [
    {
      severity: severityOf(node, scene, age),
      node,
      likeness: `${kindOf(node)} ${finalizers.join(' ')}`,
      tell: (who, many) =>
        `${who} ${are(many)} being deleted and ${many ? 'wait' : 'waits'} for ${waitsFor(finalizers)}`,
      evidence: held ? 'metadata.finalizers' : 'metadata.deletionTimestamp',
      since,
      kubectl: describeLine(node),
    },
  ];
};

function finalizersOf(node: SceneNode): string[] {
  return listAt(node.object, 'metadata', 'finalizers').flatMap((name) =>
    typeof name === 'string' ? [name.slice(0, 200)] : [],
  );
}

function waitsFor(finalizers: readonly string[]): string {
  const [first, ...rest] = finalizers;
  if (first === undefined) {
    return 'its node to end its containers';
  }
  const names = [first, ...rest.slice(0, 2)].join(', ');
  const more = rest.length > 2 ? ` and ${rest.length - 2} more` : '';
  return `${rest.length === 0 ? 'finalizer' : 'finalizers'} ${names}${more}`;
}

/** What the garbage collector does in the foreground takes as long as what is owned takes to go. */
function severityOf(node: SceneNode, scene: SceneIndex, age: number): Severity {
  const owner = scene.nodeOf(node.parent);
  if (owner !== undefined && kindOf(owner) === 'ReplicaSet.apps' && scene.isOld(node)) {
    return 'note';
  }
  const collects =
    finalizersOf(node).includes('foregroundDeletion') && scene.childrenOf(node).length > 0;
  return age < patience.usual / 2 || collects ? 'waiting' : 'stuck';
}
