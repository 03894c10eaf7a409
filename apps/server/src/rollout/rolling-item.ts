import type { ObjectHandle } from '@kindscope/informer';
import {
  findingsOf,
  isMet,
  kindOf,
  laneFacts,
  listAt,
  rolloutProgress,
  rolloutState,
  stringAt,
  valueAt,
  type JsonObject,
  type RolloutStanding,
} from '@kindscope/kube';
import type { RollingItem, RolloutState } from '@kindscope/protocol';
import type { ResourceBase } from '../catalog/resource-base.ts';
import { kubectlName } from '../catalog/resource-index.ts';
import { countsOf, lastWrite } from './steady-counts.ts';

/** What is remembered of an object from one look to the next. */
export interface RollingMemory {
  readonly state: RolloutState['kind'];
  /** Since when it was seen in this state; undefined where it was found so. */
  readonly seen: number | undefined;
  readonly counts: string;
  /** Since when its counts are what they are, milliseconds since the epoch. */
  readonly countsSince: number;
}

export interface RollingLook {
  /** Absent where it is not rolling. */
  readonly item: RollingItem | undefined;
  readonly memory: RollingMemory;
}

export interface RollingSubject {
  readonly resource: ResourceBase;
  readonly handle: ObjectHandle;
}

/** What became healthy is listed so long. */
const recentMs = 10 * 60_000;

/** How an object rolls, by itself alone; `before` is what the look before this one remembers. */
export function lookAt(
  { resource, handle }: RollingSubject,
  before: RollingMemory | undefined,
  now: number,
): RollingLook {
  const object = handle.parse();
  const counts = countsOf(object);
  const countsSince =
    before === undefined
      ? (lastWrite(object) ?? Date.parse(handle.creationTimestamp))
      : before.counts === counts
        ? before.countsSince
        : now;
  const state = standingOf({ resource, handle }, object, countsSince, now);
  const seen = before === undefined || before.state === state.kind ? before?.seen : now;
  const memory = { state: state.kind, seen, counts, countsSince };
  if (state.kind === 'unknown') return { item: undefined, memory };
  const { started, ended } = rolloutProgress(object, []);
  const since =
    state.kind === 'healthy'
      ? Math.max(seen ?? 0, ended ?? 0, state.since)
      : sinceOf(state, seen, object);
  if (state.kind === 'healthy' && since < now - recentMs) return { item: undefined, memory };
  const { ready } = laneFacts(object);
  const { group, version, resource: name, kind } = resource;
  const item = {
    uid: handle.uid,
    resource: { group, version, resource: name },
    kind,
    namespace: handle.namespace,
    name: handle.name,
    state: { ...state, since },
    ...(ready !== undefined && { ready }),
    ...(started !== undefined && { started }),
  };
  return { item, memory };
}

function standingOf(
  { resource, handle }: RollingSubject,
  object: JsonObject,
  countsSince: number,
  now: number,
): RolloutStanding {
  const root = {
    uid: handle.uid,
    parent: undefined,
    kubectlName: kubectlName(resource),
    object,
    metadataOnly: false,
    turn: undefined,
    countsSince,
  };
  const scene = { root, nodes: [root], events: [], now };
  const state = rolloutState(scene, findingsOf(scene));
  // A Job that runs is as it should be; it is under way nevertheless.
  const runs = state.kind === 'healthy' && kindOf(object) === 'Job.batch';
  return runs && !isMet(object, 'Complete') ? { ...state, kind: 'progressing' } : state;
}

/** What goes on began when its spec was last written, unless it was seen to begin later. */
function sinceOf(state: RolloutStanding, seen: number | undefined, object: JsonObject): number {
  if (state.kind !== 'progressing') return state.since;
  return seen ?? Math.max(state.since, specWritten(object));
}

function specWritten(object: JsonObject): number {
  const times = listAt(object, 'metadata', 'managedFields')
    .filter((entry) => valueAt(entry, 'fieldsV1', 'f:spec') !== undefined)
    .map((entry) => Date.parse(stringAt(entry, 'time') ?? ''))
    .filter((time) => !Number.isNaN(time));
  return times.reduce((last, time) => Math.max(last, time), 0);
}
