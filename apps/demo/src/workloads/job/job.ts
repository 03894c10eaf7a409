import { jsonEquals, objectAt, stringAt, type JsonObject, type JsonValue } from '@kindscope/kube';
import { instant } from '../../controllers/conditions.ts';
import type { Deed } from '../deed.ts';
import { podOf, removalOf } from '../pods.ts';
import {
  ownerTrigger,
  type WorkloadController,
  type WorkloadDecision,
  type WorkloadLook,
} from '../workload-controller.ts';
import { isDeleted, nameOf, normal, statusUpdate, uidOf, warning, withoutZeros } from '../write.ts';
import { conditionsIn, finishedAt, jobFacts, withCondition, type JobFacts } from './job-facts.ts';

/** After a failure the next pod waits, twice as long each time (job controller DefaultJobPodFailureBackOff). */
const backOffMs = 10_000;
const mostBackOffMs = 600_000;

/**
 * Runs Jobs to their end (pkg/controller/job).
 *
 *   created → running → SuccessCriteriaMet → Complete → (ttl) gone
 *      ↑ ↓        └──→ FailureTarget → Failed ───┘
 *   suspended
 */
export const jobController: WorkloadController = {
  component: 'job-controller',
  manager: 'kube-controller-manager',
  resource: 'jobs',
  triggers: [ownerTrigger('pods', 'Job')],
  decide(look) {
    const { object, view } = look;
    if (isDeleted(object)) return { deeds: [] };
    const ended = finishedAt(object);
    const job = jobFacts(object, view.ownedBy('pods', uidOf(object)));
    if (ended !== undefined) return expire(job, ended, look.now);
    if (job.suspended) return suspend(job, look.now);
    if (job.startedAt === undefined) return begin(job, look.now);
    const verdict = verdictOf(job, look.now);
    return verdict === undefined ? goOn(job, look) : conclude(job, verdict, look.now);
  },
};

interface Verdict {
  readonly done: boolean;
  readonly reason: string;
  readonly message: string;
}

function verdictOf(job: JobFacts, now: number): Verdict | undefined {
  const { object, startedAt = now, deadlineMs, succeeded, failed, completions } = job;
  const said = conditionsIn(object).find(
    ({ type }) => type === 'SuccessCriteriaMet' || type === 'FailureTarget',
  );
  if (said !== undefined) {
    return {
      done: said['type'] === 'SuccessCriteriaMet',
      reason: stringAt(said, 'reason') ?? '',
      message: stringAt(said, 'message') ?? '',
    };
  }
  if (failed > job.backoffLimit) {
    const message = 'Job has reached the specified backoff limit';
    return { done: false, reason: 'BackoffLimitExceeded', message };
  }
  if (deadlineMs !== undefined && now >= startedAt + deadlineMs) {
    const message = 'Job was active longer than specified deadline';
    return { done: false, reason: 'DeadlineExceeded', message };
  }
  const isDone =
    completions === undefined ? succeeded > 0 && job.active.length === 0 : succeeded >= completions;
  if (!isDone) return undefined;
  const message = 'Reached expected number of succeeded pods';
  return { done: true, reason: 'CompletionsReached', message };
}

function begin(job: JobFacts, now: number): WorkloadDecision {
  const resumed = conditionsIn(job.object).some(({ type }) => type === 'Suspended');
  const why = { reason: 'JobResumed', message: 'Job resumed', status: 'False' } as const;
  const conditions = resumed ? withCondition(job.object, 'Suspended', why, now) : undefined;
  const deeds: Deed[] = [report(job, { conditions, startTime: instant(now) })];
  if (resumed) deeds.push(normal(job.object, 'Resumed', 'Job resumed'));
  return { deeds };
}

function suspend(job: JobFacts, now: number): WorkloadDecision {
  const why = { reason: 'JobSuspended', message: 'Job suspended' };
  const conditions = withCondition(job.object, 'Suspended', why, now);
  const told = conditions === conditionsIn(job.object) || isSuspended(job.object);
  const next = report(job, { conditions, startTime: undefined });
  return {
    deeds: [
      ...remove(job, job.active),
      ...(isNews(job, next) ? [next] : []),
      ...(told ? [] : [normal(job.object, 'Suspended', 'Job suspended')]),
    ],
  };
}

function isSuspended(object: JsonObject): boolean {
  return conditionsIn(object).some(({ type, status }) => type === 'Suspended' && status === 'True');
}

function goOn(job: JobFacts, { object, now, random }: WorkloadLook): WorkloadDecision {
  const { active, succeeded, failed, completions, parallelism } = job;
  const left = completions === undefined ? parallelism : completions - succeeded;
  const wanted =
    completions === undefined && succeeded > 0 ? active.length : Math.min(parallelism, left);
  const next = report(job, {});
  const deeds: Deed[] = isNews(job, next) ? [next] : [];
  const waitMs =
    failed === 0 ? 0 : job.failedAt + Math.min(mostBackOffMs, backOffMs * 2 ** (failed - 1)) - now;
  if (active.length < wanted && waitMs <= 0) {
    const template = templateOf(object);
    for (let missing = wanted - active.length; missing > 0; missing -= 1) {
      const pod = podOf('jobs', object, template, random);
      deeds.push(pod, normal(object, 'SuccessfulCreate', `Created pod: ${pod.name}`));
    }
  }
  if (active.length > wanted) deeds.push(...remove(job, active.slice(wanted)));
  return { deeds, againMs: soonest(active.length < wanted ? waitMs : 0, deadlineInMs(job, now)) };
}

/** First that it is to end, then, when no pod is left, that it has. */
function conclude(job: JobFacts, verdict: Verdict, now: number): WorkloadDecision {
  const { object } = job;
  const { done, reason, message } = verdict;
  const aim = done ? 'SuccessCriteriaMet' : 'FailureTarget';
  if (!conditionsIn(object).some(({ type }) => type === aim)) {
    const conditions = withCondition(object, aim, verdict, now);
    return { deeds: [...remove(job, job.active), report(job, { conditions })] };
  }
  if (job.active.length > 0) return { deeds: remove(job, job.active) };
  const conditions = withCondition(object, done ? 'Complete' : 'Failed', verdict, now);
  const end = done ? { conditions, completionTime: instant(now) } : { conditions };
  const told = done
    ? normal(object, 'Completed', 'Job completed')
    : warning(object, reason, message);
  return { deeds: [report(job, end), told] };
}

/** pkg/controller/ttlafterfinished. */
function expire({ object, ttlMs }: JobFacts, ended: number, now: number): WorkloadDecision {
  if (ttlMs === undefined) return { deeds: [] };
  const leftMs = ended + ttlMs - now;
  return leftMs > 0
    ? { deeds: [], againMs: leftMs }
    : { deeds: [{ kind: 'remove', resource: 'jobs', object }] };
}

function remove(job: JobFacts, pods: readonly JsonObject[]): Deed[] {
  return pods.flatMap((pod) => [
    removalOf(pod),
    normal(job.object, 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`),
  ]);
}

function report(
  job: JobFacts,
  changes: Readonly<Record<string, JsonValue | undefined>>,
): Deed & { readonly object: JsonObject } {
  const { object, active, ready, succeeded, failed } = job;
  const { startTime, completionTime, conditions } = objectAt(object, 'status');
  const kept = { completionTime, conditions, startTime, ...changes };
  return statusUpdate('jobs', object, {
    ...withoutZeros({ active: active.length, failed, succeeded, ...kept }),
    ready,
    terminating: 0,
    uncountedTerminatedPods: {},
  });
}

function isNews(job: JobFacts, { object }: { readonly object: JsonObject }): boolean {
  return !jsonEquals(objectAt(object, 'status'), objectAt(job.object, 'status'));
}

function deadlineInMs({ startedAt, deadlineMs }: JobFacts, now: number): number {
  return deadlineMs === undefined || startedAt === undefined ? 0 : startedAt + deadlineMs - now;
}

function soonest(...waits: readonly number[]): number | undefined {
  const left = waits.filter((wait) => wait > 0);
  return left.length === 0 ? undefined : Math.min(...left);
}

/** The API server labels the template when the Job is created; where it has not, the pods are labelled here. */
function templateOf(object: JsonObject): JsonObject {
  const template = objectAt(object, 'spec', 'template');
  const metadata = objectAt(template, 'metadata');
  const labels = {
    'batch.kubernetes.io/controller-uid': uidOf(object),
    'batch.kubernetes.io/job-name': nameOf(object),
    'controller-uid': uidOf(object),
    'job-name': nameOf(object),
    ...objectAt(metadata, 'labels'),
  };
  return { ...template, metadata: { ...metadata, labels } };
}
