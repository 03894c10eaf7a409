import { humanDuration, podStatus } from '@kindscope/kube';
import type { Cell, Cells } from './cell.ts';
import {
  age,
  at,
  count,
  countAt,
  itemsAt,
  joined,
  labels,
  selector,
  shownByKube,
  text,
  textAt,
  textOr,
} from './cell.ts';

function template(...path: readonly string[]): Cells {
  return {
    Containers: joined('name', ...path, 'spec', 'containers'),
    Images: joined('image', ...path, 'spec', 'containers'),
  };
}

const workload: Cells = {
  ...template('spec', 'template'),
  Selector: selector('spec', 'selector'),
};

const readyOfDesired: Cell = (object) =>
  `${countAt(object, 'status', 'readyReplicas')}/${countAt(object, 'spec', 'replicas')}`;

const replicas: Cells = {
  ...workload,
  Desired: count('spec', 'replicas'),
  Current: count('status', 'replicas'),
  Ready: count('status', 'readyReplicas'),
};

const podIp: Cell = (pod) =>
  textAt(itemsAt(pod, 'status', 'podIPs')[0], 'ip') || textAt(pod, 'status', 'podIP') || '<none>';

/** `2`, or `2 (5s ago)` where it is known when a container last ended. */
const restarts: Cell = (pod, now) => {
  const { restarts } = podStatus(pod);
  const ends = ['containerStatuses', 'initContainerStatuses']
    .flatMap((list) => itemsAt(pod, 'status', list))
    .map((status) => textAt(status, 'lastState', 'terminated', 'finishedAt'))
    .filter((time) => time !== '')
    .sort();
  const last = ends.at(-1);
  return restarts === 0 || last === undefined
    ? String(restarts)
    : `${restarts} (${age(last, now)} ago)`;
};

const readinessGates: Cell = (pod) => {
  const gates = itemsAt(pod, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  if (gates.length === 0) return '<none>';
  const met = itemsAt(pod, 'status', 'conditions')
    .filter((condition) => textAt(condition, 'status') === 'True')
    .map((condition) => textAt(condition, 'type'));
  return `${gates.filter((gate) => met.includes(gate)).length}/${gates.length}`;
};

/** Of a job that still runs, the time until now. */
const duration: Cell = (job, now) => {
  const start = textAt(job, 'status', 'startTime');
  if (start === '') return '';
  const end = Date.parse(textAt(job, 'status', 'completionTime'));
  return humanDuration((Number.isNaN(end) ? now : end) - Date.parse(start));
};

const controller: Cell = (revision) => {
  const owner = itemsAt(revision, 'metadata', 'ownerReferences').find(
    (each) => at(each, 'controller') === true,
  );
  if (owner === undefined) return '<none>';
  const group = textAt(owner, 'apiVersion').split('/').slice(0, -1).join('/');
  const kind = textAt(owner, 'kind').toLowerCase();
  return `${kind}${group === '' ? '' : `.${group}`}/${textAt(owner, 'name')}`;
};

/** Deployments and what they are made of, pods, jobs. */
export const workloadCells: Readonly<Record<string, Cells>> = {
  'deployments.apps': {
    ...workload,
    Ready: readyOfDesired,
    'Up-to-date': count('status', 'updatedReplicas'),
    Available: count('status', 'availableReplicas'),
  },
  'replicasets.apps': replicas,
  'statefulsets.apps': { ...workload, Ready: readyOfDesired },
  'daemonsets.apps': {
    ...workload,
    Desired: count('status', 'desiredNumberScheduled'),
    Current: count('status', 'currentNumberScheduled'),
    Ready: count('status', 'numberReady'),
    'Up-to-date': count('status', 'updatedNumberScheduled'),
    Available: count('status', 'numberAvailable'),
    'Node Selector': labels('spec', 'template', 'spec', 'nodeSelector'),
  },
  'controllerrevisions.apps': { Controller: controller, Revision: count('revision') },
  pods: {
    ...shownByKube('', 'pods'),
    Restarts: restarts,
    IP: podIp,
    Node: textOr('<none>', 'spec', 'nodeName'),
    'Nominated Node': textOr('<none>', 'status', 'nominatedNodeName'),
    'Readiness Gates': readinessGates,
  },
  'jobs.batch': { ...shownByKube('batch', 'jobs'), ...workload, Duration: duration },
  'cronjobs.batch': {
    ...template('spec', 'jobTemplate', 'spec', 'template'),
    Schedule: text('spec', 'schedule'),
    Timezone: textOr('<none>', 'spec', 'timeZone'),
    Suspend: (job) => (at(job, 'spec', 'suspend') === true ? 'True' : 'False'),
    Active: (job) => itemsAt(job, 'status', 'active').length,
    'Last Schedule': (job, now) => {
      const time = textAt(job, 'status', 'lastScheduleTime');
      return time === '' ? '<none>' : age(time, now);
    },
    Selector: selector('spec', 'jobTemplate', 'spec', 'selector'),
  },
};
