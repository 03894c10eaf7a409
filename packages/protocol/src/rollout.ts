import { Type, type Static } from 'typebox';
import { ChangeClass, FieldChange } from './change.ts';
import { ResourceRef } from './resource.ts';
import { Fault } from './state.ts';
import { Health } from './table.ts';

/** Milliseconds since the epoch. */
const Instant = Type.Integer();

/** So many of a wanted number. */
const Count = Type.Object({ is: Type.Integer(), of: Type.Integer() });

/** How a rollout stands, in one word. */
export const RolloutState = Type.Object({
  kind: Type.Union([
    Type.Literal('healthy'),
    Type.Literal('progressing'),
    /** It waits for somebody, as it was told to. */
    Type.Literal('paused'),
    /** It would go on if something did not keep it. */
    Type.Literal('stuck'),
    /** It has ended badly: nothing will go on by itself. */
    Type.Literal('failed'),
    Type.Literal('deleted'),
    Type.Literal('unknown'),
  ]),
  /** As early as is known. */
  since: Instant,
  /** `2 of 5 ready`, `step 2 of 6 (setWeight 60)` */
  reason: Type.Optional(Type.String()),
});
export type RolloutState = Static<typeof RolloutState>;

/** How an object was for a time. */
export const HealthBar = Type.Object({
  from: Instant,
  /** Absent while it is so. */
  to: Type.Optional(Instant),
  status: Health.properties.status,
  /** `Ready`, `Scaling up, 2 not ready`, `CrashLoopBackOff ×5` */
  word: Type.String(),
});
export type HealthBar = Static<typeof HealthBar>;

/** The object, or one that it owns, over however many others. */
export const RolloutNode = Type.Object({
  uid: Type.String(),
  resource: ResourceRef,
  kind: Type.String(),
  /** Empty for a cluster-scoped object. */
  namespace: Type.String(),
  name: Type.String(),
  /** The uid of the node it hangs under; absent for the object itself. */
  parent: Type.Optional(Type.String()),
  created: Instant,
  /** When it was seen gone. */
  deleted: Type.Optional(Instant),
  /** Its deletion was asked for. */
  deleting: Type.Optional(Type.Literal(true)),
  health: Health,
  ready: Type.Optional(Count),
  /** What else to say where there is no count: `err 3%`, `Complete`. */
  note: Type.Optional(Type.String()),
  generation: Type.Optional(Type.Integer()),
  observedGeneration: Type.Optional(Type.Integer()),
  /** Whether it belongs to what is rolled out, or to what was there before. */
  turn: Type.Optional(Type.Union([Type.Literal('new'), Type.Literal('old')])),
  /** As its controller counts: `14`. */
  revision: Type.Optional(Type.String()),
  /** Of its pod template: `85fd6`. */
  templateHash: Type.Optional(Type.String()),
  /** Only its metadata is known: whole objects of its kind are not watched. */
  metadataOnly: Type.Optional(Type.Literal(true)),
  /** Oldest first, at most 100: of more the oldest are gone. */
  bars: Type.Array(HealthBar),
});
export type RolloutNode = Static<typeof RolloutNode>;

/** A change of a node: as much as a lane draws. `GET /api/v1/changes/{id}` has the rest. */
export const RolloutMark = Type.Object({
  /** The change's. */
  id: Type.Integer(),
  /** The node's. */
  uid: Type.String(),
  at: Instant,
  /** How long before `at` it may have happened, milliseconds; absent where it was seen as it happened. */
  within: Type.Optional(Type.Integer()),
  classes: Type.Array(ChangeClass),
  manager: Type.Optional(Type.String()),
});
export type RolloutMark = Static<typeof RolloutMark>;

/** A Kubernetes Event about a node, of either API. */
export const RolloutEvent = Type.Object({
  /** The Event's own. */
  uid: Type.String(),
  /** The node's. */
  about: Type.String(),
  type: Type.String({ examples: ['Normal', 'Warning'] }),
  reason: Type.String(),
  message: Type.String(),
  /** How often it was seen. */
  count: Type.Integer(),
  first: Instant,
  last: Instant,
  /** Who says it: `kubelet, node-3`. */
  reporter: Type.String(),
});
export type RolloutEvent = Static<typeof RolloutEvent>;

/** Why it does not go on, or what it waits for. */
export const Finding = Type.Object({
  /** Which rule says it: `container-waiting`. */
  rule: Type.String(),
  severity: Type.Union([
    /** It keeps the rollout from going on. */
    Type.Literal('stuck'),
    /** It is being waited for. */
    Type.Literal('waiting'),
    /** Good to know. */
    Type.Literal('note'),
  ]),
  /** The node's. */
  uid: Type.String(),
  /** More nodes for which the same holds. */
  others: Type.Optional(Type.Array(Type.String())),
  sentence: Type.String(),
  /** Where it stands: `Event ×5`, `status.containerStatuses[name=web].state.waiting`. */
  evidence: Type.String(),
  since: Type.Optional(Instant),
  /** The line to type that shows more. */
  kubectl: Type.String(),
});
export type Finding = Static<typeof Finding>;

/** What the tree may lack, and why. */
export const RolloutLack = Type.Object({
  /** Absent where it is more than one kind. */
  resource: Type.Optional(ResourceRef),
  fault: Fault,
});
export type RolloutLack = Static<typeof RolloutLack>;

/** What is said of the rollout as a whole. */
export const RolloutSummary = Type.Object({
  state: RolloutState,
  ready: Type.Optional(Count),
  updated: Type.Optional(Count),
  /** Of a rollout in steps: `is` counts those that are done. */
  step: Type.Optional(Type.Object({ is: Type.Integer(), of: Type.Integer(), text: Type.String() })),
  /** Percent of the traffic that the new version gets. */
  weight: Type.Optional(Type.Integer()),
  revision: Type.Optional(Type.String()),
  /** When this rollout began, and when it was through, where that is known. */
  started: Type.Optional(Instant),
  ended: Type.Optional(Instant),
});
export type RolloutSummary = Static<typeof RolloutSummary>;

const parts = {
  /** Absent where it did not change; of a snapshot's first frame always there. */
  summary: Type.Optional(RolloutSummary),
  /** The object's uid; null while there is none of that name. */
  root: Type.Union([Type.String(), Type.Null()]),
  /** New, or not as before. */
  nodes: Type.Array(RolloutNode),
  /** Uids of nodes that are no longer shown. */
  removed: Type.Array(Type.String()),
  /** New ones, oldest first. */
  marks: Type.Array(RolloutMark),
  /** New, or not as before. */
  events: Type.Array(RolloutEvent),
  /** All of them, the most telling first; absent where they did not change. */
  findings: Type.Optional(Type.Array(Finding)),
  /** All of them; absent where they did not change. */
  lacks: Type.Optional(Type.Array(RolloutLack)),
};

/** Members of a frame of view `rollout`. */
export const RolloutParts = Type.Object(parts);
export type RolloutParts = Static<typeof RolloutParts>;

/** GET …/objects/{namespace}/{name}/rollout: a snapshot of the same. */
export const Rollout = Type.Object({
  ...parts,
  summary: RolloutSummary,
  findings: Type.Array(Finding),
  lacks: Type.Array(RolloutLack),
});
export type Rollout = Static<typeof Rollout>;

/** One rollout of an object among those that it had. */
export const RolloutRun = Type.Object({
  revision: Type.Optional(Type.String()),
  /** Absent where nobody saw it begin. */
  started: Type.Optional(Instant),
  /** When it was healthy, or another took its place; absent where nobody saw that. */
  ended: Type.Optional(Instant),
  outcome: Type.Union([
    Type.Literal('under way'),
    Type.Literal('healthy'),
    Type.Literal('superseded'),
    Type.Literal('failed'),
    /** Nobody watched it end. */
    Type.Literal('unknown'),
  ]),
  /** What happened on the way, oldest first. */
  steps: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
});
export type RolloutRun = Static<typeof RolloutRun>;

/** GET …/objects/{namespace}/{name}/rollouts: the newest rollout beside the one before it. */
export const RolloutComparison = Type.Object({
  /** Newest first. */
  runs: Type.Array(RolloutRun),
  /** What the newest changed in the spec; absent where one of the two specs is not known. */
  spec: Type.Optional(Type.Array(FieldChange)),
  /** Why the comparison lacks something, for people. */
  lacks: Type.Array(Type.String()),
});
export type RolloutComparison = Static<typeof RolloutComparison>;

/** One object of the list of what is rolling. */
export const RollingItem = Type.Object({
  uid: Type.String(),
  resource: ResourceRef,
  kind: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
  state: RolloutState,
  ready: Type.Optional(Count),
  started: Type.Optional(Instant),
});
export type RollingItem = Static<typeof RollingItem>;

/**
 * GET /api/v1/rollouts: what is not healthy, and what became so within the last ten minutes, of the
 * kinds that roll and of all that is watched. The newest of the former stand as by what they own,
 * as their own pages say; others as they say of themselves.
 */
export const RollingList = Type.Object({
  items: Type.Array(RollingItem),
  /** The kinds that are looked at. */
  kinds: Type.Array(ResourceRef),
  lacks: Type.Array(RolloutLack),
  /** Not everything has been listed yet. */
  syncing: Type.Boolean(),
});
export type RollingList = Static<typeof RollingList>;

/** GET /api/v1/demo: the stories of the embedded demo cluster; an ordinary cluster has none. */
export const DemoScenario = Type.Object({
  name: Type.String(),
  title: Type.String(),
  description: Type.String(),
  state: Type.Union([
    Type.Literal('idle'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
  ]),
  /** What happens now, or how it ended. */
  message: Type.Optional(Type.String()),
  /** What it is about: the first one's Rollout page shows it. */
  subjects: Type.Array(
    Type.Object({
      resource: ResourceRef,
      namespace: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
    }),
  ),
});
export type DemoScenario = Static<typeof DemoScenario>;
export const DemoScenarioList = Type.Object({ items: Type.Array(DemoScenario) });
export type DemoScenarioList = Static<typeof DemoScenarioList>;
