import {
  countAt,
  isMet,
  jsonEquals,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
} from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Deed } from '../deed.ts';
import { timeOf } from '../time.ts';
import {
  ownerTrigger,
  type WorkloadController,
  type WorkloadLook,
} from '../workload-controller.ts';
import {
  controllerReference,
  isDeleted,
  keyOf,
  nameOf,
  normal,
  statusUpdate,
  uidOf,
  warning,
} from '../write.ts';
import { finishedAt, isFinished } from './job-facts.ts';
import { lastDue, nextDue, parseSchedule, type Schedule } from './schedule.ts';

/** Creates a Job each time that it is due, and removes old ones (pkg/controller/cronjob). */
export const cronJobController: WorkloadController = {
  component: 'cronjob-controller',
  manager: 'kube-controller-manager',
  resource: 'cronjobs',
  triggers: [ownerTrigger('jobs', 'CronJob')],
  decide(look) {
    const { object, view, now } = look;
    if (isDeleted(object)) return { deeds: [] };
    const jobs = view.ownedBy('jobs', uidOf(object));
    const text = stringAt(object, 'spec', 'schedule') ?? '';
    const schedule = parseSchedule(text);
    if (schedule === undefined) {
      const message = `unparseable schedule: "${text}"`;
      return { deeds: [warning(object, 'UnparseableSchedule', message)] };
    }
    const running = jobs.filter((job) => !isFinished(job));
    const due = dueAt(look, schedule);
    const started = due === undefined ? undefined : start(look, running, due);
    const deeds = [...ended(object, jobs), ...(started?.deeds ?? []), ...old(object, jobs)];
    const status = statusOf(object, started?.active ?? running, started && due, jobs);
    if (!jsonEquals(status, objectAt(object, 'status'))) {
      deeds.push(statusUpdate('cronjobs', object, status));
    }
    const next = nextDue(schedule, now);
    return { deeds, againMs: next === undefined ? undefined : next - now + 50 };
  },
};

function dueAt({ object, now }: WorkloadLook, schedule: Schedule): number | undefined {
  if (valueAt(object, 'spec', 'suspend') === true) return undefined;
  const last = stringAt(object, 'status', 'lastScheduleTime');
  const created = stringAt(object, 'metadata', 'creationTimestamp');
  return lastDue(schedule, timeOf(last ?? created), now);
}

interface Started {
  readonly deeds: readonly Deed[];
  readonly active: readonly JsonObject[];
}

/** Undefined: not now, as one is running and it must be alone. */
function start(
  { object, view }: WorkloadLook,
  running: readonly JsonObject[],
  due: number,
): Started | undefined {
  const policy = stringAt(object, 'spec', 'concurrencyPolicy') ?? 'Allow';
  if (policy === 'Forbid' && running.length > 0) return undefined;
  const replaced = policy === 'Replace' ? running : [];
  const job = jobOf(object, due);
  if (view.get('jobs', keyOf(job)) !== undefined) return { deeds: [], active: running };
  const name = nameOf(job);
  return {
    deeds: [
      ...replaced.map((old): Deed => ({ kind: 'remove', resource: 'jobs', object: old })),
      { kind: 'create', resource: 'jobs', object: job },
      normal(object, 'SuccessfulCreate', `Created job ${name}`),
    ],
    active: running.filter((old) => !replaced.includes(old)),
  };
}

/** Named by its minute, so that there is never another for the same. */
function jobOf(object: JsonObject, due: number): JsonObject {
  const template = objectAt(object, 'spec', 'jobTemplate');
  const { labels, annotations } = objectAt(template, 'metadata');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${nameOf(object)}-${due / 60_000}`,
      namespace: stringAt(object, 'metadata', 'namespace'),
      labels,
      annotations: {
        ...objectAt({ annotations }, 'annotations'),
        'batch.kubernetes.io/cronjob-scheduled-timestamp': instant(due),
      },
      ownerReferences: [controllerReference('cronjobs', object)],
    },
    spec: objectAt(template, 'spec'),
  };
}

/** What was running when it looked last, and is over. */
function ended(object: JsonObject, jobs: readonly JsonObject[]): Deed[] {
  const active = JSON.stringify(valueAt(object, 'status', 'active') ?? []);
  return jobs
    .filter((job) => isFinished(job) && active.includes(uidOf(job)))
    .map((job) => {
      const how = isMet(job, 'Complete') ? 'Complete' : 'Failed';
      const message = `Saw completed job: ${nameOf(job)}, condition: ${how}`;
      return normal(object, 'SawCompletedJob', message);
    });
}

/** More than are kept: the oldest of those that ended well, and of those that did not. */
function old(object: JsonObject, jobs: readonly JsonObject[]): Deed[] {
  const over = jobs
    .filter((job) => isFinished(job) && !isDeleted(job))
    .sort((a, b) => (finishedAt(b) ?? 0) - (finishedAt(a) ?? 0));
  const kept = {
    Complete: countAt(object, 'spec', 'successfulJobsHistoryLimit') ?? 3,
    Failed: countAt(object, 'spec', 'failedJobsHistoryLimit') ?? 1,
  };
  return Object.entries(kept).flatMap(([type, limit]) =>
    over
      .filter((job) => isMet(job, type))
      .slice(limit)
      .flatMap((job): Deed[] => [
        { kind: 'remove', resource: 'jobs', object: job },
        normal(object, 'SuccessfulDelete', `Deleted job ${nameOf(job)}`),
      ]),
  );
}

function statusOf(
  object: JsonObject,
  running: readonly JsonObject[],
  scheduled: number | undefined,
  jobs: readonly JsonObject[],
): JsonObject {
  const { lastScheduleTime } = objectAt(object, 'status');
  const lastSuccess = timeOf(stringAt(object, 'status', 'lastSuccessfulTime'));
  const successes = jobs.filter((job) => isMet(job, 'Complete')).map((job) => finishedAt(job) ?? 0);
  const latest = Math.max(lastSuccess, ...successes);
  const active = running.map((job) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: nameOf(job),
    namespace: stringAt(job, 'metadata', 'namespace'),
    resourceVersion: stringAt(job, 'metadata', 'resourceVersion'),
    uid: uidOf(job),
  }));
  return {
    ...(active.length > 0 && { active }),
    ...(scheduled !== undefined
      ? { lastScheduleTime: instant(scheduled) }
      : lastScheduleTime !== undefined && { lastScheduleTime }),
    ...(latest > 0 && { lastSuccessfulTime: instant(latest) }),
  };
}
