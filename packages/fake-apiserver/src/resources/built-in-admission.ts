import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import type { JsonMap } from '../json.ts';
import type { AdmissionRule } from '../write/admission.ts';
import { admitDaemonSet } from './strategies/daemon-set.ts';
import { admitJob } from './strategies/job.ts';
import { admitPod } from './strategies/pod.ts';
import { serviceRule } from './strategies/service.ts';
import { newStruct } from './typed/read-typed.ts';

/** Nobody has said anything of a new object's status yet. */
function freshStatus(message: string, values: () => JsonMap = () => ({})): AdmissionRule {
  return (object, before) => {
    if (before === undefined) object['status'] = { ...newStruct(message), ...values() };
    return object;
  };
}

function both(first: AdmissionRule, second: AdmissionRule): AdmissionRule {
  return (object, before) => second(first(object, before), before);
}

/** What Kubernetes writes into its own kinds beyond the defaults of their types, by group/resource. */
export function builtInRules(cluster: Cluster): readonly (readonly [string, AdmissionRule])[] {
  const pending = (): JsonMap => ({ phase: 'Pending' });
  const pendingSince = (): JsonMap => ({
    phase: 'Pending',
    lastPhaseTransitionTime: timestamp(cluster.clock.now()),
  });
  return [
    ['/pods', admitPod(cluster)],
    ['/services', both(freshStatus('core.v1.ServiceStatus'), serviceRule(cluster))],
    ['/persistentvolumes', freshStatus('core.v1.PersistentVolumeStatus', pendingSince)],
    ['/persistentvolumeclaims', freshStatus('core.v1.PersistentVolumeClaimStatus', pending)],
    ['/resourcequotas', freshStatus('core.v1.ResourceQuotaStatus')],
    ['apps/daemonsets', both(freshStatus('apps.v1.DaemonSetStatus'), admitDaemonSet)],
    ['apps/deployments', freshStatus('apps.v1.DeploymentStatus')],
    ['apps/replicasets', freshStatus('apps.v1.ReplicaSetStatus')],
    ['apps/statefulsets', freshStatus('apps.v1.StatefulSetStatus')],
    ['batch/jobs', both(freshStatus('batch.v1.JobStatus'), admitJob)],
    ['batch/cronjobs', freshStatus('batch.v1.CronJobStatus')],
    [
      'autoscaling/horizontalpodautoscalers',
      freshStatus('autoscaling.v2.HorizontalPodAutoscalerStatus'),
    ],
    ['policy/poddisruptionbudgets', freshStatus('policy.v1.PodDisruptionBudgetStatus')],
    ['networking.k8s.io/ingresses', freshStatus('networking.v1.IngressStatus')],
  ];
}
