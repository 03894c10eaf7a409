import type { SceneNode } from '../rollout/scene.ts';
import type { SceneIndex } from './scene-index.ts';

/** How much a finding weighs. */
export type Severity =
  /** It keeps the rollout from going on. */
  | 'stuck'
  /** It is being waited for. */
  | 'waiting'
  /** Good to know. */
  | 'note';

/** Why a rollout does not go on, or what it waits for. */
export interface RolloutFinding {
  /** Which rule says it: `container-waiting`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Of the node it is about. */
  readonly uid: string;
  /** More nodes for which the same holds. */
  readonly others?: readonly string[];
  readonly sentence: string;
  /** Where it stands: `Event ×5`, `status.containerStatuses[name=web].state.waiting`. */
  readonly evidence: string;
  /** Milliseconds since the epoch, as early as the object or the Event says. */
  readonly since?: number;
  /** The line to type that shows more. */
  readonly kubectl: string;
}

/** What a rule has to say of one node. */
export interface Trouble {
  readonly severity: Severity;
  readonly node: SceneNode;
  /** Troubles of one rule and severity that are alike are told in one sentence. */
  readonly likeness: string;
  /** The sentence; `who` is the object's name, with `and 2 others` where `many` are alike. */
  readonly tell: (who: string, many: boolean) => string;
  readonly evidence: string;
  readonly since?: number | undefined;
  readonly kubectl: string;
}

/**
 * Looks at one node of a rollout. It says nothing where all is well, never throws whatever the
 * object holds, and may look at the rest of the scene.
 */
export type Rule = (node: SceneNode, scene: SceneIndex) => readonly Trouble[];
