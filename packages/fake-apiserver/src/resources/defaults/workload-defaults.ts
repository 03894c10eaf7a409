import { ensureMap, isMap, listAt, mapAt, type JsonMap } from '../../json.ts';
import { TEMPLATE_GENERATION } from '../strategies/daemon-set.ts';
import { setMissing, type Defaults } from './pod-defaults.ts';

/** Defaults of an object's spec, made of `values`. */
const spec =
  (values: JsonMap, more?: (spec: JsonMap) => void): Defaults =>
  (object) => {
    const found = ensureMap(object, 'spec');
    setMissing(found, values);
    more?.(found);
  };

const deployment = spec(
  { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  (found) => {
    const strategy = ensureMap(found, 'strategy');
    setMissing(strategy, { type: 'RollingUpdate' });
    if (strategy['type'] !== 'RollingUpdate') return;
    setMissing(ensureMap(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
  },
);

const daemonSetSpec = spec({ revisionHistoryLimit: 10 }, (found) => {
  const strategy = ensureMap(found, 'updateStrategy');
  setMissing(strategy, { type: 'RollingUpdate' });
  if (strategy['type'] !== 'RollingUpdate') return;
  setMissing(ensureMap(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
});

function daemonSet(object: JsonMap): void {
  daemonSetSpec(object);
  const annotations = ensureMap(ensureMap(object, 'metadata'), 'annotations');
  setMissing(annotations, { [TEMPLATE_GENERATION]: '0' });
}

const statefulSet = spec(
  { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady' },
  (found) => {
    const strategy = ensureMap(found, 'updateStrategy');
    if (strategy['type'] === undefined) {
      setMissing(strategy, { type: 'RollingUpdate', rollingUpdate: {} });
    }
    const rolling = mapAt(strategy, 'rollingUpdate');
    if (strategy['type'] === 'RollingUpdate' && rolling !== undefined) {
      setMissing(rolling, { partition: 0 });
    }
    for (const claim of listAt(found, 'volumeClaimTemplates').filter((item) => isMap(item))) {
      setMissing(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    }
    setMissing(ensureMap(found, 'persistentVolumeClaimRetentionPolicy'), {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
  },
);

function job(object: JsonMap): void {
  const found = ensureMap(object, 'spec');
  if (found['parallelism'] === undefined) setMissing(found, { completions: 1 });
  const perIndex = found['backoffLimitPerIndex'] !== undefined;
  setMissing(found, {
    parallelism: 1,
    backoffLimit: perIndex ? 2_147_483_647 : 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy:
      found['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed',
    manualSelector: false,
  });
  const labels = mapAt(mapAt(mapAt(found, 'template'), 'metadata'), 'labels');
  const metadata = ensureMap(object, 'metadata');
  // Not a copy: what the template's labels get later, the job's get too (strategies/job.ts).
  if (labels !== undefined) metadata['labels'] ??= labels;
}

const cronJob = spec({
  concurrencyPolicy: 'Allow',
  suspend: false,
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 1,
});

/** pkg/apis/{apps,batch}/v1/defaults.go by Go type. */
export const WORKLOAD_DEFAULTS: readonly (readonly [string, Defaults])[] = [
  ['apps.v1.Deployment', deployment],
  ['apps.v1.ReplicaSet', spec({ replicas: 1 })],
  ['apps.v1.StatefulSet', statefulSet],
  ['apps.v1.DaemonSet', daemonSet],
  ['batch.v1.Job', job],
  ['batch.v1.CronJob', cronJob],
];
