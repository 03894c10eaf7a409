import { conditionsOf } from '../conditions.ts';
import { listAt, objectAt, property, stringAt } from '../json-access.ts';
import type { JsonObject } from '../json.ts';
import { podStatus } from '../pod-status.ts';
import { measured } from './measurement.ts';
import { kindOf } from './object-kind.ts';
import { generationAt, greatest, wholeAt } from './object-reading.ts';
import { revisionOf, templateHashOf } from './revision.ts';
import { clipped } from './words.ts';

/** So many of a wanted number. */
export interface ReadyCount {
  readonly is: number;
  readonly of: number;
}

/** What the lane of an object says beside its name. */
export interface LaneFacts {
  readonly ready?: ReadyCount;
  /** What else to say where there is no count: `error-rate 0.03`, `Bound`. */
  readonly note?: string;
  readonly generation?: number;
  readonly observedGeneration?: number;
  /** As its controller counts: `14`. */
  readonly revision?: string;
  /** Of its pod template: `85fd6`. */
  readonly templateHash?: string;
}

/** What the lane of an object says beside its name; empty for one that says nothing of that. */
export function laneFacts(object: JsonObject): LaneFacts {
  const count = counts.get(kindOf(object)) ?? namedCounts;
  const generation = generationAt(object, 'metadata', 'generation');
  const observedGeneration = observedGenerationOf(object);
  const revision = revisionOf(object);
  const templateHash = templateHashOf(object);
  return {
    ...count(object),
    ...(generation === undefined ? {} : { generation }),
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...(revision === undefined ? {} : { revision }),
    ...(templateHash === undefined ? {} : { templateHash }),
  };
}

type Counted = Pick<LaneFacts, 'ready' | 'note'>;

const counts: ReadonlyMap<string, (object: JsonObject) => Counted> = new Map<
  string,
  (object: JsonObject) => Counted
>([
  ['Deployment.apps', replicas],
  ['StatefulSet.apps', replicas],
  ['ReplicaSet.apps', replicas],
  ['ReplicationController', replicas],
  ['Rollout.argoproj.io', replicas],
  ['DaemonSet.apps', nodes],
  ['Pod', containers],
  ['Job.batch', completions],
  ['CronJob.batch', activeJobs],
  ['PersistentVolumeClaim', phase],
  ['Service', (service) => noted(stringAt(service, 'spec', 'type'))],
  ['AnalysisRun.argoproj.io', (run) => noted(measured(run) ?? stringAt(run, 'status', 'phase'))],
  ['Experiment.argoproj.io', templates],
]);

function noted(note: string | undefined): Counted {
  return note === undefined || note === '' ? {} : { note: clipped(note) };
}

function replicas(object: JsonObject): Counted {
  const of = wholeAt(object, 'spec', 'replicas') ?? 1;
  return { ready: { is: wholeAt(object, 'status', 'readyReplicas') ?? 0, of } };
}

function nodes(object: JsonObject): Counted {
  const of = wholeAt(object, 'status', 'desiredNumberScheduled');
  return of === undefined || generationAt(object, 'status', 'observedGeneration') === undefined
    ? {}
    : { ready: { is: wholeAt(object, 'status', 'numberReady') ?? 0, of } };
}

function containers(pod: JsonObject): Counted {
  const { ready, containers: of, status } = podStatus(pod);
  return stringAt(pod, 'status', 'phase') === 'Succeeded'
    ? noted(status || 'Completed')
    : { ready: { is: ready, of } };
}

function completions(job: JsonObject): Counted {
  const succeeded = wholeAt(job, 'status', 'succeeded') ?? 0;
  const of = wholeAt(job, 'spec', 'completions');
  return of === undefined ? noted(`${succeeded} succeeded`) : { ready: { is: succeeded, of } };
}

function activeJobs(cronJob: JsonObject): Counted {
  return property(objectAt(cronJob, 'spec'), 'suspend') === true
    ? noted('Suspended')
    : noted(`${listAt(cronJob, 'status', 'active').length} active`);
}

function phase(object: JsonObject): Counted {
  return noted(stringAt(object, 'status', 'phase'));
}

function templates(experiment: JsonObject): Counted {
  const wanted = listAt(experiment, 'spec', 'templates').map((it) => wholeAt(it, 'replicas') ?? 1);
  const ready = listAt(experiment, 'status', 'templateStatuses').map(
    (it) => wholeAt(it, 'readyReplicas') ?? 0,
  );
  return wanted.length === 0 ? phase(experiment) : { ready: { is: sum(ready), of: sum(wanted) } };
}

function sum(numbers: readonly number[]): number {
  return Math.min(
    numbers.reduce((total, number) => total + number, 0),
    Number.MAX_SAFE_INTEGER,
  );
}

/**
 * `status.readyReplicas` beside `spec.replicas`, and so for any other noun (`readyInstances`); where
 * none is said to be ready, those that are available.
 */
function namedCounts(object: JsonObject): Counted {
  const status = objectAt(object, 'status');
  const nouns = Object.keys(status).flatMap(
    (key) => /^(?:ready|available)([A-Z]\w*)$/.exec(key)?.[1] ?? [],
  );
  for (const noun of new Set(['Replicas', ...nouns])) {
    const field = noun.charAt(0).toLowerCase() + noun.slice(1);
    const is = wholeAt(status, `ready${noun}`) ?? wholeAt(status, `available${noun}`);
    const of = wholeAt(object, 'spec', field) ?? wholeAt(status, field);
    if (of !== undefined && (is !== undefined || wholeAt(status, field) !== undefined)) {
      return { ready: { is: is ?? 0, of } };
    }
  }
  return {};
}

/** From the status, else the newest that one of its conditions names (Gateway API, cert-manager). */
function observedGenerationOf(object: JsonObject): number | undefined {
  const observed = generationAt(object, 'status', 'observedGeneration');
  if (observed !== undefined || conditionsOf(object).length === 0) {
    return observed;
  }
  const told = listAt(object, 'status', 'conditions').flatMap(
    (condition) => generationAt(condition, 'observedGeneration') ?? [],
  );
  return greatest(told);
}
