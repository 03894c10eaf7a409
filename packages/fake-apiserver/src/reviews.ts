import { timestamp } from './clock.ts';
import { USER } from './cluster.ts';
import { mapAt, stringAt, stringsAt, type JsonMap } from './json.ts';
import { apiVersionOf, type ServedType } from './resources/resource-type.ts';
import { invalidText, invalidValue } from './schema/field-errors.ts';
import { badRequest, invalid, type Cause } from './status.ts';
import { decodeAsKind } from './write/decode.ts';
import type { WriteRequest } from './write/write-request.ts';

/** Whether a resource is asked and answered in one request, and never stored. */
export function isReview({ type }: ServedType): boolean {
  return !type.verbs.includes('get');
}

/**
 * Who the one user is and what anybody may do: everything, for those in `system:masters` as the one
 * user is, and nothing for anybody else. Throws 400 and 422 for what cannot be asked.
 */
export function reviewAnswer(target: WriteRequest, body: JsonMap, now: number): JsonMap {
  decodeAsKind(target, body);
  const { type, version } = target.served;
  const spec = mapAt(body, 'spec') ?? {};
  return {
    kind: type.kind,
    apiVersion: apiVersionOf(type.group, version.version),
    metadata: metadataOf(target, now),
    ...answerTo(target, spec),
  };
}

function metadataOf({ served, namespace }: WriteRequest, now: number): JsonMap {
  if (served.type.group === 'authentication.k8s.io') return { creationTimestamp: timestamp(now) };
  return namespace === '' ? {} : { namespace };
}

function answerTo(target: WriteRequest, spec: JsonMap): JsonMap {
  switch (target.served.type.kind) {
    case 'SelfSubjectReview':
      return {
        status: { userInfo: { username: USER.name, uid: USER.name, groups: [...USER.groups] } },
      };
    case 'SelfSubjectRulesReview':
      if ((stringAt(spec, 'namespace') ?? '') === '') throw badRequest('no namespace on request');
      return { spec: {}, status: RULES };
    case 'SelfSubjectAccessReview':
      refuse(accessCauses(spec));
      return { spec, status: { allowed: true } };
    default:
      refuse([...accessCauses(spec), ...subjectCauses(target, spec)]);
      return { spec, status: { allowed: isMaster(spec) } };
  }
}

function isMaster(spec: JsonMap): boolean {
  return (
    stringAt(spec, 'user') === USER.name || stringsAt(spec, 'groups').includes('system:masters')
  );
}

/** Kubernetes names no kind here. */
function refuse(causes: readonly Cause[]): void {
  if (causes.length > 0)
    throw invalid({ group: 'authorization.k8s.io', kind: '', name: '' }, causes);
}

function accessCauses(spec: JsonMap): Cause[] {
  const resource = mapAt(spec, 'resourceAttributes');
  const path = mapAt(spec, 'nonResourceAttributes');
  if (resource !== undefined && path !== undefined) {
    const shown = { Path: path['path'] ?? '', Verb: path['verb'] ?? '' };
    const why = 'cannot be specified in combination with resourceAttributes';
    return [invalidText('spec.nonResourceAttributes', JSON.stringify(shown), why)];
  }
  if (resource !== undefined || path !== undefined) return [];
  const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalidValue('spec.resourceAttributes', null, why)];
}

function subjectCauses({ served, namespace }: WriteRequest, spec: JsonMap): Cause[] {
  const nobody = (stringAt(spec, 'user') ?? '') === '' && stringsAt(spec, 'groups').length === 0;
  const asked = stringAt(mapAt(spec, 'resourceAttributes'), 'namespace') ?? '';
  return [
    ...(nobody
      ? [invalidValue('spec.user', '', 'at least one of user or group must be specified')]
      : []),
    ...(served.type.namespaced && asked !== namespace
      ? [invalidValue('spec.resourceAttributes.namespace', asked, 'must match metadata.namespace')]
      : []),
  ];
}

/** What RBAC answers for a member of `system:masters` (system:basic-user, system:discovery …). */
const RULES: JsonMap = {
  resourceRules: [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    },
    { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  ],
  nonResourceRules: [
    { verbs: ['*'], nonResourceURLs: ['*'] },
    {
      verbs: ['get'],
      nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    },
    {
      verbs: ['get'],
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/healthz',
        '/livez',
        '/openapi',
        '/openapi/*',
        '/readyz',
        '/version',
        '/version/',
      ],
    },
  ],
  incomplete: false,
};
