import { mapAt, stringAt, type JsonMap } from '../../json.ts';
import { invalidValue, required } from '../../schema/field-errors.ts';
import type { Cause } from '../../status.ts';
import { qualifiedNameFaults } from '../../write/qualified-name.ts';
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

/** pkg/apis/core/validation/events.go: of events that come as core/v1. */
export function eventCheck(event: JsonMap): Cause[] {
  const namespace = stringAt(mapAt(event, 'metadata'), 'namespace') ?? '';
  const involved = stringAt(mapAt(event, 'involvedObject'), 'namespace') ?? '';
  const isNew = stringAt(event, 'eventTime') !== undefined;
  const anywhere = isNew ? ['default', 'kube-system'] : ['default'];
  const fits = involved === '' ? anywhere.includes(namespace) : isNew || involved === namespace;
  return [
    ...(fits
      ? []
      : [invalidValue('involvedObject.namespace', involved, 'does not match event.namespace')]),
    ...(isNew ? newEventCheck(event) : []),
  ];
}

function newEventCheck(event: JsonMap): Cause[] {
  const reporter = stringAt(event, 'reportingComponent') ?? '';
  return [
    ...requiredText(event, '', 'reportingComponent'),
    ...qualifiedNameFaults(reporter).map((fault) =>
      invalidValue('reportingComponent', reporter, fault),
    ),
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
