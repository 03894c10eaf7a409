import { jsonEquals } from '@kindscope/kube';
import { mapAt, stringAt, type JsonMap } from '../../json.ts';
import { invalidValue, required } from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';
import { qualifiedNameFaults } from '../../write/qualified-name.ts';
import { toCoreEvent } from '../event-forms.ts';
import { numberAt, requiredText } from './checks.ts';

/** pkg/apis/coordination/validation. */
export function leaseCheck(lease: JsonMap): Cause[] {
  const spec = mapAt(lease, 'spec');
  const duration = numberAt(spec, 'leaseDurationSeconds');
  const transitions = numberAt(spec, 'leaseTransitions');
  return [
    ...(duration !== undefined && duration <= 0
      ? [invalidValue('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...(transitions !== undefined && transitions < 0
      ? [invalidValue('spec.leaseTransitions', transitions, 'must be greater than or equal to 0')]
      : []),
  ];
}

export function namespaceStatusCheck(namespace: JsonMap): Cause[] {
  const phase = stringAt(mapAt(namespace, 'status'), 'phase') ?? '';
  const going = mapAt(namespace, 'metadata')?.['deletionTimestamp'] !== undefined;
  const [wanted, when] = going ? ['Terminating', 'not empty'] : ['Active', 'empty'];
  const why = `may only be '${wanted}' if \`deletionTimestamp\` is ${when}`;
  return phase === wanted ? [] : [invalidValue('status.Phase', phase, why)];
}

/** pkg/apis/core/validation/events.go: of events that come as core/v1. */
export function eventCheck(event: JsonMap): Cause[] {
  return involvedCheck(event, 'reportingComponent');
}

/** The same of events that come as events.k8s.io/v1, which must be of the newer sort. */
export function newEventCheck(event: JsonMap, before: JsonMap | undefined): Cause[] {
  const core = { ...event };
  toCoreEvent(core);
  const causes = involvedCheck(core, 'reportingController');
  if (before !== undefined) return [...causes, ...unchanged(event, before)];
  const type = stringAt(event, 'type') ?? '';
  return [
    ...causes,
    ...requiredText(event, '', 'eventTime'),
    ...(type === 'Normal' || type === 'Warning'
      ? []
      : [invalidValue('type', '', `has invalid value: ${type}`)]),
  ];
}

/** Of the newer sort only the series changes, and who owns it. */
const FIXED = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'reportingComponent',
  'reportingInstance',
  'type',
  'eventTime',
  'action',
  'related',
];

function unchanged(event: JsonMap, before: JsonMap): Cause[] {
  const [now, was] = [{ ...event }, { ...before }];
  toCoreEvent(now);
  toCoreEvent(was);
  return FIXED.filter((key) => !jsonEquals(now[key], was[key])).map((key) =>
    invalidValue(key, now[key] ?? null, 'field is immutable'),
  );
}

function involvedCheck(event: JsonMap, reporterField: string): Cause[] {
  const namespace = stringAt(mapAt(event, 'metadata'), 'namespace') ?? '';
  const involved = stringAt(mapAt(event, 'involvedObject'), 'namespace') ?? '';
  const isNew = stringAt(event, 'eventTime') !== undefined;
  const anywhere = isNew ? ['default', 'kube-system'] : ['default'];
  const fits = involved === '' ? anywhere.includes(namespace) : isNew || involved === namespace;
  return [
    ...(fits
      ? []
      : [invalidValue('involvedObject.namespace', involved, 'does not match event.namespace')]),
    ...(isNew ? reporterCheck(event, reporterField) : []),
  ];
}

function reporterCheck(event: JsonMap, field: string): Cause[] {
  const reporter = stringAt(event, 'reportingComponent') ?? '';
  return [
    ...(reporter === '' ? [required(field)] : []),
    ...qualifiedNameFaults(reporter).map((fault) => invalidValue(field, reporter, fault)),
    ...requiredText(event, '', 'reportingInstance'),
    ...requiredText(event, '', 'action'),
    ...requiredText(event, '', 'reason'),
  ];
}

export function claimCheck(claim: JsonMap): Cause[] {
  const spec = mapAt(claim, 'spec');
  const storage = stringAt(mapAt(mapAt(spec, 'resources'), 'requests'), 'storage');
  return [
    ...(spec?.['accessModes'] === undefined
      ? [required('spec.accessModes', 'at least 1 access mode is required')]
      : []),
    ...(storage === undefined ? [required('spec.resources[storage]')] : []),
  ];
}
