import { mapAt, stringAt, type JsonMap } from '../json.ts';
import { at, invalidValue, required } from '../schema/field-errors.ts';
import { goQuote } from '../schema/go-text.ts';
import { isRequestUri } from '../schema/network-formats.ts';
import type { Cause } from '../status.ts';
import type { Condition } from './crd-conditions.ts';

const ANNOTATION = 'api-approved.kubernetes.io';
const SEE = 'see https://github.com/kubernetes/enhancements/pull/1111';

/** What the annotation of a CRD in one of the community's groups says (KEP-1111). */
interface Approval {
  readonly state: 'missing' | 'invalid' | 'bypassed' | 'approved';
  readonly reason: string;
}

/** Groups of the Kubernetes community are not anybody's to add to. */
function isProtected(crd: JsonMap): boolean {
  const group = stringAt(mapAt(crd, 'spec'), 'group') ?? '';
  return /(^|\.)(k8s|kubernetes)\.io$/.test(group);
}

function approvalOf(crd: JsonMap): Approval {
  const value = annotationOf(crd);
  const quoted = goQuote(ANNOTATION);
  const must = `protected groups must have approval annotation ${quoted}`;
  if (value === '') return { state: 'missing', reason: `${must}, ${SEE}` };
  if (value.startsWith('unapproved')) {
    return { state: 'bypassed', reason: `not approved: ${goQuote(value)}` };
  }
  if (isRequestUri(value) && /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]/.test(value)) {
    return { state: 'approved', reason: `approved in ${value}` };
  }
  const either = `with either a URL or a reason starting with "unapproved"`;
  return { state: 'invalid', reason: `${must} ${either}, ${SEE}` };
}

function annotationOf(crd: JsonMap): string {
  return stringAt(mapAt(mapAt(crd, 'metadata'), 'annotations'), ANNOTATION) ?? '';
}

/** An annotation that was wrong before, in the same way, is let be. */
export function approvalCauses(crd: JsonMap, before: JsonMap | undefined): Cause[] {
  if (!isProtected(crd)) return [];
  const { state, reason } = approvalOf(crd);
  if (before !== undefined && approvalOf(before).state === state) return [];
  const field = at('metadata.annotations', ANNOTATION);
  if (state === 'missing') return [required(field, reason)];
  return state === 'invalid' ? [invalidValue(field, annotationOf(crd), reason)] : [];
}

const REASONS: Readonly<Record<Approval['state'], string>> = {
  missing: 'MissingAnnotation',
  invalid: 'InvalidAnnotation',
  bypassed: 'UnapprovedAnnotation',
  approved: 'ApprovedAnnotation',
};

/** The condition `KubernetesAPIApprovalPolicyConformant`; undefined outside of those groups. */
export function approvalCondition(crd: JsonMap): Condition | undefined {
  if (!isProtected(crd)) return undefined;
  const { state, reason } = approvalOf(crd);
  return {
    type: 'KubernetesAPIApprovalPolicyConformant',
    status: state === 'approved' ? 'True' : 'False',
    reason: REASONS[state],
    message: reason,
  };
}
