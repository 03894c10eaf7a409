import admission from './recordings/admission.ndjson?raw';
import canaryAborted from './recordings/canary-aborted.ndjson?raw';
import canaryAnalysis from './recordings/canary-analysis.ndjson?raw';
import canary from './recordings/canary.ndjson?raw';
import crashLoop from './recordings/crash-loop.ndjson?raw';
import cronJob from './recordings/cron-job.ndjson?raw';
import daemonSet from './recordings/daemon-set.ndjson?raw';
import deployment from './recordings/deployment.ndjson?raw';
import jobFailed from './recordings/job-failed.ndjson?raw';
import job from './recordings/job.ndjson?raw';
import paused from './recordings/paused.ndjson?raw';
import quotaStatefulSet from './recordings/quota-stateful-set.ndjson?raw';
import quotaTight from './recordings/quota-tight.ndjson?raw';
import quota from './recordings/quota.ndjson?raw';
import room from './recordings/room.ndjson?raw';
import statefulSetBlocked from './recordings/stateful-set-blocked.ndjson?raw';
import statefulSet from './recordings/stateful-set.ndjson?raw';
import unschedulable from './recordings/unschedulable.ndjson?raw';
import type { Recording } from './replay.ts';

/** What was recorded, by name: `src/findings/testing/recordings`. */
export const recordings = {
  admission: read(admission),
  canary: read(canary),
  'canary-aborted': read(canaryAborted),
  'canary-analysis': read(canaryAnalysis),
  'crash-loop': read(crashLoop),
  'cron-job': read(cronJob),
  'daemon-set': read(daemonSet),
  deployment: read(deployment),
  job: read(job),
  'job-failed': read(jobFailed),
  paused: read(paused),
  quota: read(quota),
  'quota-stateful-set': read(quotaStatefulSet),
  'quota-tight': read(quotaTight),
  room: read(room),
  'stateful-set': read(statefulSet),
  'stateful-set-blocked': read(statefulSetBlocked),
  unschedulable: read(unschedulable),
};

/** The first line tells of the recording, each other one is a step. */
function read(text: string): Recording {
  const [header, ...steps] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { ...header, steps };
}
