import type { GroupVersionResource } from '@kindscope/kube';
import type { Stage } from './stage.ts';

/** One object. */
export interface Target {
  readonly gvr: GroupVersionResource;
  /** Absent for one that is cluster-scoped. */
  readonly namespace?: string;
  readonly name: string;
}

/** What a story is about, for whoever wants to watch it: one object, or all of a kind. */
export interface Subject {
  readonly gvr: GroupVersionResource;
  readonly namespace?: string;
  readonly name?: string;
}

/** A story that is played in the cluster when somebody asks for it. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** A few sentences: what will be seen, and how long. */
  readonly description: string;
  /** Those with a name are left alone by everybody else in the demo while it is played. */
  readonly subjects: readonly Subject[];
  /** Objects whose controller it plays itself: the demo's own looks away meanwhile. */
  readonly controls?: readonly Target[];
  /**
   * What happens, from its first deed to its last. Rejects when its stage ends it. What it changes it first
   * registers with `stage.putBack`, which is done after its end however that came.
   */
  play(stage: Stage): Promise<void>;
}

/** One line for people who asked for a scenario that there is not. */
export function unknownScenario(name: string, scenarios: readonly Scenario[]): string {
  return `There is no scenario "${name}": there are ${scenarios.map((it) => it.name).join(', ')}.`;
}
