import { jsonEquals } from '@kindscope/kube';
import { clone, listAt, mapAt, stringAt, type Json, type JsonMap } from '../../json.ts';
import {
  at,
  child,
  duplicate,
  forbidden,
  invalidValue,
  required,
} from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';
import { labelFaults, subdomainFaults } from '../../write/qualified-name.ts';
import { formed, labelsCheck, mapsAt, numberAt, oneOf, requiredText } from './checks.ts';
import { containerCheck, probesCheck } from './container-checks.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** pkg/apis/core/validation, ValidatePodSpec: what people get wrong of it. */
function podSpecCheck(spec: JsonMap, path: string, moreVolumes: readonly string[] = []): Cause[] {
  const volumes = new Set<string>();
  const wrongVolumes = volumesCheck(mapsAt(spec, 'volumes'), child(path, 'volumes'), volumes);
  for (const name of moreVolumes) volumes.add(name);
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  return [
    ...wrongVolumes,
    ...containersCheck(spec, path, volumes),
    ...oneOf(spec, path, 'restartPolicy', RESTART_POLICIES),
    ...oneOf(spec, path, 'dnsPolicy', DNS_POLICIES),
    ...labelsCheck(spec, 'nodeSelector', child(path, 'nodeSelector')),
    ...formed(spec, path, 'serviceAccountName', subdomainFaults),
    ...formed(spec, path, 'nodeName', subdomainFaults),
    ...(deadline !== undefined && deadline < 1
      ? [
          invalidValue(
            child(path, 'activeDeadlineSeconds'),
            deadline,
            'must be between 1 and 2147483647, inclusive',
          ),
        ]
      : []),
    ...formed(spec, path, 'hostname', labelFaults),
    ...formed(spec, path, 'subdomain', labelFaults),
    ...tolerationsCheck(mapsAt(spec, 'tolerations'), child(path, 'tolerations')),
  ];
}

/** Adds the names of the good ones to `names`. */
function volumesCheck(volumes: readonly JsonMap[], path: string, names: Set<string>): Cause[] {
  return volumes.flatMap((volume, index) => {
    const here = at(path, index);
    const name = stringAt(volume, 'name') ?? '';
    const causes = [
      ...requiredText(volume, here, 'name'),
      ...formed(volume, here, 'name', labelFaults),
      ...(names.has(name) ? [duplicate(child(here, 'name'), name)] : []),
    ];
    if (causes.length === 0) names.add(name);
    return causes;
  });
}

function containersCheck(spec: JsonMap, path: string, volumes: ReadonlySet<string>): Cause[] {
  const containers = mapsAt(spec, 'containers');
  const here = child(path, 'containers');
  if (containers.length === 0) return [required(here)];
  const names = new Set<string>();
  const check = (container: JsonMap, at: string, init: boolean): Cause[] => {
    const name = stringAt(container, 'name') ?? '';
    const taken = names.has(name);
    names.add(name);
    const probed = !init || container['restartPolicy'] === 'Always';
    return [
      ...containerCheck(container, at, volumes),
      ...(taken ? [duplicate(child(at, 'name'), name)] : []),
      ...(probed ? probesCheck(container, at) : []),
    ];
  };
  return [
    ...containers.flatMap((container, index) => check(container, at(here, index), false)),
    ...mapsAt(spec, 'initContainers').flatMap((container, index) =>
      check(container, at(child(path, 'initContainers'), index), true),
    ),
  ];
}

function tolerationsCheck(tolerations: readonly JsonMap[], path: string): Cause[] {
  return tolerations.flatMap((toleration, index) => {
    const here = at(path, index);
    const operator = stringAt(toleration, 'operator') ?? '';
    const key = stringAt(toleration, 'key') ?? '';
    const everything =
      'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    return [
      ...(key === '' && operator !== 'Exists'
        ? [invalidValue(child(here, 'operator'), operator, everything)]
        : []),
      ...oneOf(toleration, here, 'effect', EFFECTS),
    ];
  });
}

/** The template of a workload's pods. */
export function podTemplateCheck(
  template: JsonMap,
  path: string,
  moreVolumes: readonly string[] = [],
): Cause[] {
  return [
    ...labelsCheck(mapAt(template, 'metadata'), 'labels', child(path, 'labels')),
    ...podSpecCheck(mapAt(template, 'spec') ?? {}, child(path, 'spec'), moreVolumes),
  ];
}

export function podCheck(pod: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = mapAt(pod, 'spec') ?? {};
  return [
    ...podSpecCheck(spec, 'spec'),
    ...(before === undefined ? [] : podUpdateCheck(spec, mapAt(before, 'spec') ?? {})),
  ];
}

const CHANGEABLE =
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** ValidatePodUpdate. Kubernetes adds a Go diff to the message; here the fields' names stand alone. */
function podUpdateCheck(spec: JsonMap, old: JsonMap): Cause[] {
  for (const key of ['containers', 'initContainers']) {
    if (listAt(spec, key).length === listAt(old, key).length) continue;
    return [forbidden(`spec.${key}`, 'pod updates may not add or remove containers')];
  }
  const kept = tolerationsKept(spec, old);
  const deadline = deadlineCheck(spec['activeDeadlineSeconds'], old['activeDeadlineSeconds']);
  if (deadline.length > 0) return deadline;
  if (jsonEquals(comparable(spec, old), comparable(old, old))) return kept;
  return [
    ...kept,
    forbidden('spec', `pod updates may not change fields other than ${CHANGEABLE}\n`),
  ];
}

/** A deadline may come, and come nearer. */
function deadlineCheck(now: Json | undefined, was: Json | undefined): Cause[] {
  const path = 'spec.activeDeadlineSeconds';
  if (was === undefined) return [];
  if (now === undefined) {
    return [invalidValue(path, null, 'must not update from a positive integer to nil value')];
  }
  return Number(now) > Number(was)
    ? [invalidValue(path, now, 'must be less than or equal to previous value')]
    : [];
}

/** What a kubelet may write. */
export function podStatusCheck(pod: JsonMap, before: JsonMap | undefined): Cause[] {
  const [now, was] = [mapAt(pod, 'status')?.['qosClass'], mapAt(before, 'status')?.['qosClass']];
  return now === was ? [] : [invalidValue('status.qosClass', now ?? '', 'field is immutable')];
}

function tolerationsKept(spec: JsonMap, old: JsonMap): Cause[] {
  const now = listAt(spec, 'tolerations');
  const lost = listAt(old, 'tolerations').some(
    (toleration) => !now.some((item) => jsonEquals(item, toleration)),
  );
  const why = 'existing toleration can not be modified except its tolerationSeconds';
  return lost ? [forbidden('spec.tolerations', why)] : [];
}

/** A spec without what may change. */
function comparable(spec: JsonMap, old: JsonMap): JsonMap {
  const copy = clone(spec);
  delete copy['activeDeadlineSeconds'];
  delete copy['tolerations'];
  delete copy['schedulingGates'];
  if ((numberAt(old, 'terminationGracePeriodSeconds') ?? 0) < 0) {
    delete copy['terminationGracePeriodSeconds'];
  }
  for (const container of [...mapsAt(copy, 'containers'), ...mapsAt(copy, 'initContainers')]) {
    delete container['image'];
  }
  return copy;
}
