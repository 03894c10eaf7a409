import { countAt, jsonEquals, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { hashLabel, isSameTemplate, templateHash, withHash } from '../pod-template.ts';
import { controllerReference } from '../write.ts';
import { annotation, byAge, type DeploymentFacts, type SetFacts } from './facts.ts';
import { sizeNotes } from './scaling.ts';

/** Annotations of a Deployment that are not its ReplicaSets' (deployment_util annotationsToSkip). */
const ownAnnotations: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  ...Object.values(annotation),
];

/** More revisions than fit in so many characters are forgotten. */
const historyLength = 2000;

/** The oldest set that has the Deployment's template: the one to roll out to. */
export function findNewest(
  { template }: DeploymentFacts,
  sets: readonly SetFacts[],
): SetFacts | undefined {
  return sets
    .toSorted(byAge)
    .find((set) => isSameTemplate(objectAt(set.object, 'spec', 'template'), template));
}

export function nextRevision(old: readonly SetFacts[]): number {
  return Math.max(0, ...old.map(({ revision }) => revision)) + 1;
}

/** A new set for the Deployment's template. */
export function newSet(
  deployment: DeploymentFacts,
  old: readonly SetFacts[],
  replicas: number,
): JsonObject {
  const { object, name, template, minReadySeconds } = deployment;
  const hash = templateHash(template, countAt(object, 'status', 'collisionCount') ?? 0);
  const named = withHash(template, hash);
  const selector = objectAt(object, 'spec', 'selector');
  const matchLabels = { ...objectAt(selector, 'matchLabels'), [hashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace: stringAt(object, 'metadata', 'namespace'),
      labels: objectAt(named, 'metadata', 'labels'),
      annotations: {
        ...inherited(object),
        ...sizeNotes(deployment),
        [annotation.revision]: String(nextRevision(old)),
      },
      ownerReferences: [controllerReference('deployments', object)],
    },
    spec: {
      replicas,
      ...(minReadySeconds > 0 && { minReadySeconds }),
      selector: { ...selector, matchLabels },
      template: named,
    },
  };
}

/**
 * The set as it has to be when it is (again) the newest; undefined when it is so already. One that was rolled
 * back to gets a new revision and keeps the old one in its history.
 */
export function renewedSet(
  { object, minReadySeconds }: DeploymentFacts,
  newest: SetFacts,
  old: readonly SetFacts[],
): JsonObject | undefined {
  const metadata = objectAt(newest.object, 'metadata');
  const spec = objectAt(newest.object, 'spec');
  const before = objectAt(metadata, 'annotations');
  const revision = Math.max(newest.revision, nextRevision(old));
  const annotations = {
    ...before,
    ...inherited(object),
    [annotation.revision]: String(revision),
    ...(revision > newest.revision && newest.revision > 0 && historyOf(newest, before)),
  };
  const ready = minReadySeconds === (spec['minReadySeconds'] ?? 0) ? {} : { minReadySeconds };
  const next = {
    ...newest.object,
    metadata: { ...metadata, annotations },
    spec: { ...spec, ...ready },
  };
  return jsonEquals(next, newest.object) ? undefined : next;
}

function historyOf({ revision }: SetFacts, annotations: JsonObject): Record<string, string> {
  const past = stringAt(annotations, annotation.history);
  const history = past === undefined ? [] : past.split(',');
  history.push(String(revision));
  while (history.join(',').length > historyLength) history.shift();
  return { [annotation.history]: history.join(',') };
}

function inherited(object: JsonObject): JsonObject {
  const annotations = Object.entries(objectAt(object, 'metadata', 'annotations'));
  return Object.fromEntries(annotations.filter(([key]) => !ownAnnotations.includes(key)));
}

/** What no longer needs to be kept (deployment controller cleanupDeployment): the oldest revisions. */
export function expired(
  { historyLimit }: DeploymentFacts,
  old: readonly SetFacts[],
): readonly SetFacts[] {
  const alive = old.filter(({ deleted }) => !deleted);
  const oldestFirst = alive.toSorted((a, b) => a.revision - b.revision);
  return oldestFirst
    .slice(0, Math.max(0, alive.length - historyLimit))
    .filter(
      (set) => set.actual === 0 && set.replicas === 0 && set.generation <= set.observedGeneration,
    );
}
