import { jsonEquals } from '@kindscope/kube';
import { mapAt, stringAt, type Json, type JsonMap } from '../../json.ts';
import {
  child,
  forbidden,
  invalidText,
  invalidValue,
  notSupported,
  required,
} from '../../schema/field-errors.ts';
import { isNumber } from '../../schema/go-text.ts';
import type { Cause } from '../../status.ts';
import { labelFaults } from '../../write/qualified-name.ts';
import {
  formed,
  isReadable,
  mapsAt,
  notNegative,
  numberAt,
  selectorCheck,
  selects,
  sizeOf,
} from './checks.ts';
import { podTemplateCheck } from './pod-checks.ts';

/** pkg/apis/apps/validation: what people get wrong of workloads. */

const NO_MATCH = '`selector` does not match template `labels`';

function specOf(object: JsonMap): JsonMap {
  return mapAt(object, 'spec') ?? {};
}

/** The selector, as the kinds of apps/v1 want it: there, not empty. `named` is what errors call it. */
function requiredSelector(spec: JsonMap, named: string): Cause[] {
  const selector = mapAt(spec, 'selector');
  if (selector === undefined) return [required('spec.selector')];
  return [
    ...selectorCheck(selector, 'spec.selector'),
    ...(sizeOf(selector) === 0
      ? [invalidValue('spec.selector', selector, `empty selector is invalid for ${named}`)]
      : []),
  ];
}

/** The template, whose labels the selector must select. */
function selectedTemplate(
  spec: JsonMap,
  unreadable: string,
  moreVolumes: readonly string[] = [],
): Cause[] {
  const selector = mapAt(spec, 'selector');
  if (!isReadable(selector)) return [invalidValue('spec.selector', selector, unreadable)];
  const labels = mapAt(mapAt(mapAt(spec, 'template'), 'metadata'), 'labels');
  const empty = selector !== undefined && sizeOf(selector) === 0;
  return [
    ...(empty || selects(selector, labels)
      ? []
      : [invalidValue('spec.template.metadata.labels', labels ?? null, NO_MATCH)]),
    ...podTemplateCheck(mapAt(spec, 'template') ?? {}, 'spec.template', moreVolumes),
  ];
}

/** Pods of these are always started again. */
function alwaysRestarted(spec: JsonMap, kind: string): Cause[] {
  const template = mapAt(mapAt(spec, 'template'), 'spec');
  const policy = stringAt(template, 'restartPolicy') ?? '';
  const path = 'spec.template.spec';
  return [
    ...(policy === 'Always' ? [] : [notSupported(`${path}.restartPolicy`, policy, ['Always'])]),
    ...(template?.['activeDeadlineSeconds'] === undefined
      ? []
      : [
          forbidden(
            `${path}.activeDeadlineSeconds`,
            `activeDeadlineSeconds in ${kind} is not Supported`,
          ),
        ]),
  ];
}

function immutable(path: string, now: Json | undefined, was: Json | undefined): Cause[] {
  return jsonEquals(now, was) ? [] : [invalidValue(path, now ?? null, 'field is immutable')];
}

function sameSelector(object: JsonMap, before: JsonMap | undefined): Cause[] {
  if (before === undefined) return [];
  return immutable('spec.selector', specOf(object)['selector'], specOf(before)['selector']);
}

export function deploymentCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = specOf(object);
  const deadline = numberAt(spec, 'progressDeadlineSeconds');
  const late = deadline !== undefined && deadline <= (numberAt(spec, 'minReadySeconds') ?? 0);
  return [
    ...notNegative(spec, 'spec', 'replicas'),
    ...requiredSelector(spec, 'deployment'),
    ...selectedTemplate(spec, 'invalid label selector'),
    ...alwaysRestarted(spec, 'ReplicaSet'),
    ...strategyCheck(mapAt(spec, 'strategy') ?? {}, 'spec.strategy'),
    ...notNegative(spec, 'spec', 'minReadySeconds', 'revisionHistoryLimit'),
    ...notNegative(spec, 'spec', 'progressDeadlineSeconds'),
    ...(late
      ? [
          invalidValue(
            'spec.progressDeadlineSeconds',
            deadline,
            'must be greater than minReadySeconds',
          ),
        ]
      : []),
    ...sameSelector(object, before),
  ];
}

function strategyCheck(strategy: JsonMap, path: string): Cause[] {
  const type = stringAt(strategy, 'type') ?? '';
  const rolling = mapAt(strategy, 'rollingUpdate');
  if (type === 'Recreate') {
    const why = "may not be specified when strategy `type` is 'Recreate'";
    return rolling === undefined ? [] : [forbidden(child(path, 'rollingUpdate'), why)];
  }
  if (type === 'RollingUpdate') return rollingCheck(rolling ?? {}, child(path, 'rollingUpdate'));
  return [unsupportedStrategy(strategy, path, ['Recreate', 'RollingUpdate'])];
}

/** A strategy as Go's own names show it. */
function asGo(strategy: JsonMap): string {
  const shown = { Type: strategy['type'] ?? '', RollingUpdate: strategy['rollingUpdate'] ?? null };
  return JSON.stringify(shown);
}

function unsupportedStrategy(strategy: JsonMap, path: string, types: readonly string[]): Cause {
  const supported = types.map((type) => JSON.stringify(type)).join(', ');
  const message = `Unsupported value: ${asGo(strategy)}: supported values: ${supported}`;
  return { reason: 'FieldValueNotSupported', message, field: path };
}

function rollingCheck(rolling: JsonMap, path: string): Cause[] {
  const { maxUnavailable, maxSurge } = rolling;
  const at = child(path, 'maxUnavailable');
  const none = amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0;
  const percent = typeof maxUnavailable === 'string' ? Number.parseInt(maxUnavailable, 10) : 0;
  return [
    ...intOrPercent(maxUnavailable, at),
    ...intOrPercent(maxSurge, child(path, 'maxSurge')),
    ...(none ? [invalidValue(at, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...(percent > 100 ? [invalidValue(at, maxUnavailable, 'must not be greater than 100%')] : []),
  ];
}

const PERCENT = /^[0-9]+%$/;

function amountOf(value: Json | undefined): number {
  if (typeof value === 'string') return PERCENT.test(value) ? Number.parseInt(value, 10) : 0;
  return isNumber(value) ? Number(JSON.stringify(value)) : 0;
}

function intOrPercent(value: Json | undefined, path: string): Cause[] {
  if (typeof value === 'string') {
    const why =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    return PERCENT.test(value) ? [] : [invalidValue(path, value, why)];
  }
  return amountOf(value) < 0
    ? [invalidValue(path, value, 'must be greater than or equal to 0')]
    : [];
}

export function replicaSetCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = specOf(object);
  return [
    ...notNegative(spec, 'spec', 'replicas', 'minReadySeconds'),
    ...requiredSelector(spec, 'deployment'),
    ...selectedTemplate(spec, 'invalid label selector'),
    ...alwaysRestarted(spec, 'ReplicaSet'),
    ...sameSelector(object, before),
  ];
}

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export function statefulSetCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = specOf(object);
  const management = stringAt(spec, 'podManagementPolicy') ?? '';
  const strategy = mapAt(spec, 'updateStrategy') ?? {};
  const claims = mapsAt(spec, 'volumeClaimTemplates').map(
    (claim) => stringAt(mapAt(claim, 'metadata'), 'name') ?? '',
  );
  return [
    ...(['OrderedReady', 'Parallel'].includes(management)
      ? []
      : [
          invalidValue(
            'spec.podManagementPolicy',
            management,
            "must be 'OrderedReady' or 'Parallel'",
          ),
        ]),
    ...(['RollingUpdate', 'OnDelete'].includes(stringAt(strategy, 'type') ?? '')
      ? []
      : [
          invalidText(
            'spec.updateStrategy',
            asGo(strategy),
            "must be 'RollingUpdate' or 'OnDelete'",
          ),
        ]),
    ...notNegative(spec, 'spec', 'replicas', 'minReadySeconds'),
    ...(before === undefined ? formed(spec, 'spec', 'serviceName', labelFaults) : []),
    ...requiredSelector(spec, 'statefulset'),
    ...selectedTemplate(spec, '', claims),
    ...alwaysRestarted(spec, 'StatefulSet'),
    ...(before === undefined || jsonEquals(fixed(spec), fixed(specOf(before)))
      ? []
      : [
          forbidden(
            'spec',
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
          ),
        ]),
  ];
}

function fixed(spec: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !CHANGEABLE.includes(key)));
}

export function daemonSetCheck(object: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = specOf(object);
  const selector = mapAt(spec, 'selector');
  const strategy = mapAt(spec, 'updateStrategy') ?? {};
  const labels = mapAt(mapAt(mapAt(spec, 'template'), 'metadata'), 'labels');
  return [
    ...sameSelector(object, before),
    ...(selector === undefined ? [] : selectorCheck(selector, 'spec.selector')),
    ...(isReadable(selector) && !selects(selector, labels)
      ? [invalidValue('spec.template.metadata.labels', labels ?? null, NO_MATCH)]
      : []),
    ...(selector !== undefined && sizeOf(selector) === 0
      ? [invalidValue('spec.selector', selector, 'empty selector is invalid for daemonset')]
      : []),
    ...podTemplateCheck(mapAt(spec, 'template') ?? {}, 'spec.template'),
    ...alwaysRestarted(spec, 'DaemonSet'),
    ...notNegative(spec, 'spec', 'minReadySeconds'),
    ...(['RollingUpdate', 'OnDelete'].includes(stringAt(strategy, 'type') ?? '')
      ? []
      : [unsupportedStrategy(strategy, 'spec.updateStrategy', ['RollingUpdate', 'OnDelete'])]),
    ...notNegative(spec, 'spec', 'revisionHistoryLimit'),
  ];
}

/** What a controller may write: counts that go together. */
export function replicaStatusCheck(object: JsonMap, counts: readonly string[]): Cause[] {
  const status = mapAt(object, 'status') ?? {};
  const all = numberAt(status, 'replicas') ?? 0;
  const ready = numberAt(status, 'readyReplicas') ?? 0;
  const available = numberAt(status, 'availableReplicas') ?? 0;
  return [
    ...notNegative(status, 'status', 'observedGeneration', 'replicas', ...counts),
    ...counts
      .filter((key) => key !== 'unavailableReplicas' && (numberAt(status, key) ?? 0) > all)
      .map((key) =>
        invalidValue(`status.${key}`, status[key], 'cannot be greater than status.replicas'),
      ),
    ...(available > ready
      ? [
          invalidValue(
            'status.availableReplicas',
            available,
            'cannot be greater than readyReplicas',
          ),
        ]
      : []),
  ];
}
