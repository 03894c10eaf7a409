import { jsonEquals } from '@kindscope/kube';
import { mapAt, stringAt, type JsonMap } from '../../json.ts';
import { invalidValue, notSupported, required } from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';
import { notNegative, oneOf, requiredText, selectorCheck, selects } from './checks.ts';
import { podTemplateCheck } from './pod-checks.ts';

/** pkg/apis/batch/validation: what people get wrong of jobs. */

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
];
const RESTARTS = ['OnFailure', 'Never'];

function jobSpecCheck(spec: JsonMap, path: string): Cause[] {
  const template = mapAt(spec, 'template') ?? {};
  const policy = stringAt(mapAt(template, 'spec'), 'restartPolicy') ?? '';
  const at = `${path}.template.spec.restartPolicy`;
  return [
    ...notNegative(spec, path, ...COUNTS),
    ...oneOf(spec, path, 'completionMode', ['NonIndexed', 'Indexed']),
    ...(spec['completionMode'] === 'Indexed' && spec['completions'] === undefined
      ? [required(`${path}.completions`, 'when completion mode is Indexed')]
      : []),
    ...podTemplateCheck(template, `${path}.template`),
    ...(policy === 'Always'
      ? [required(at, 'valid values: "OnFailure", "Never"')]
      : RESTARTS.includes(policy)
        ? []
        : [notSupported(at, policy, RESTARTS)]),
  ];
}

const GENERATED = 'batch.kubernetes.io/controller-uid';

export function jobCheck(job: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = mapAt(job, 'spec') ?? {};
  const selector = mapAt(spec, 'selector');
  const labels = mapAt(mapAt(mapAt(spec, 'template'), 'metadata'), 'labels');
  return [
    ...generatedSelector(spec, selector),
    ...jobSpecCheck(spec, 'spec'),
    ...(selector === undefined
      ? [required('spec.selector')]
      : selectorCheck(selector, 'spec.selector')),
    ...(selects(selector, labels)
      ? []
      : [
          invalidValue(
            'spec.template.metadata.labels',
            labels ?? null,
            '`selector` does not match template `labels`',
          ),
        ]),
    ...(before === undefined ? [] : unchanged(spec, mapAt(before, 'spec') ?? {})),
  ];
}

function generatedSelector(spec: JsonMap, selector: JsonMap | undefined): Cause[] {
  if (spec['manualSelector'] === true || selector === undefined) return [];
  const keys = Object.keys(mapAt(selector, 'matchLabels') ?? {});
  const ours = keys.length === 1 && keys[0] === GENERATED;
  if (ours && selector['matchExpressions'] === undefined) return [];
  return [invalidValue('spec.selector', selector, '`selector` not auto-generated')];
}

/** What of a job stays as it is; the template may change while the job has never run. */
function unchanged(spec: JsonMap, old: JsonMap): Cause[] {
  const indexed = spec['completionMode'] === 'Indexed';
  const scaled =
    indexed &&
    spec['completions'] === spec['parallelism'] &&
    old['completions'] === old['parallelism'];
  return ['completions', 'selector', 'template', 'completionMode']
    .filter((key) => key !== 'completions' || !scaled)
    .filter((key) => !jsonEquals(spec[key], old[key]))
    .map((key) => invalidValue(`spec.${key}`, spec[key] ?? null, 'field is immutable'));
}

export function cronJobCheck(cronJob: JsonMap, before: JsonMap | undefined): Cause[] {
  const spec = mapAt(cronJob, 'spec') ?? {};
  const name = stringAt(mapAt(cronJob, 'metadata'), 'name') ?? '';
  const job = mapAt(mapAt(spec, 'jobTemplate'), 'spec') ?? {};
  return [
    ...(before === undefined && name.length > 52
      ? [invalidValue('metadata.name', name, 'must be no more than 52 characters')]
      : []),
    ...requiredText(spec, 'spec', 'schedule'),
    ...scheduleCheck(stringAt(spec, 'schedule') ?? ''),
    ...notNegative(spec, 'spec', 'startingDeadlineSeconds'),
    ...timeZoneCheck(stringAt(spec, 'timeZone')),
    ...oneOf(spec, 'spec', 'concurrencyPolicy', ['Allow', 'Forbid', 'Replace']),
    ...jobSpecCheck(job, 'spec.jobTemplate.spec'),
    ...notNegative(spec, 'spec', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'),
  ];
}

const NAMED_SCHEDULES =
  /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/;

/** Whether there are five fields; what is in them is not looked at (robfig/cron names it). */
function scheduleCheck(schedule: string): Cause[] {
  if (schedule === '' || NAMED_SCHEDULES.test(schedule)) return [];
  const fields = schedule.trim().split(/\s+/);
  if (fields.length === 5 && !schedule.startsWith('@')) return [];
  const why = schedule.startsWith('@')
    ? `unrecognized descriptor: ${schedule}`
    : `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`;
  return [invalidValue('spec.schedule', schedule, why)];
}

function timeZoneCheck(zone: string | undefined): Cause[] {
  if (zone === undefined) return [];
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    return [invalidValue('spec.timeZone', zone, `unknown time zone ${zone}`)];
  }
}
