import {
  countAt,
  isJsonObject,
  listAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { gvrOf } from '../gvr.ts';
import type { Subject, Target } from './scenario.ts';
import type { Stage } from './stage.ts';

const deployments = gvrOf('apps/v1', 'deployments');

const versionLabel = 'app.kubernetes.io/version';
const causeAnnotation = 'kubernetes.io/change-cause';

export type DeploymentTarget = Target & { readonly namespace: string };

export function deploymentTarget(namespace: string, name: string): DeploymentTarget {
  return { gvr: deployments, namespace, name };
}

/** A Deployment, and the kinds of what it owns. */
export function deploymentSubjects({ gvr, namespace, name }: DeploymentTarget): Subject[] {
  return [
    { gvr, namespace, name },
    { gvr: gvrOf('apps/v1', 'replicasets'), namespace },
    { gvr: gvrOf('v1', 'pods'), namespace },
  ];
}

/** Of the first container: the one that is released. */
export function imageOf(deployment: JsonObject): string {
  return stringAt(containersOf(deployment)[0], 'image') ?? '';
}

/** `registry.example/shop:2.4.1` → `registry.example/shop:2.5.0`; an unreadable tag is followed by `-next`. */
export function nextMinor(image: string): string {
  const [, name, major, minor] = /^(.+):(\d+)\.(\d+)\.\d+/.exec(image) ?? [];
  if (name === undefined) return `${image}-next`;
  return `${name}:${major}.${Number(minor) + 1}.0`;
}

/** Brings out an image as a delivery tool does: the image, and what is said of it. */
export async function release(stage: Stage, target: Target, image: string): Promise<void> {
  await set(stage, target, {
    image,
    version: image.slice(image.lastIndexOf(':') + 1),
    cause: `release ${image}`,
  });
}

/** Registers that the Deployment is put back to what it is now, and waited for. */
export function rollBackAtTheEnd(stage: Stage, target: Target, before: JsonObject): void {
  const image = imageOf(before);
  stage.putBack(async (restoring) => {
    await set(restoring, target, {
      image,
      version: valueAt(before, 'metadata', 'labels', versionLabel) ?? null,
      cause: valueAt(before, 'metadata', 'annotations', causeAnnotation) ?? null,
    });
    await restoring.until(target, (object) => runsEverywhere(object, image), 120_000);
  });
}

interface Release {
  readonly image: string;
  readonly version: JsonValue;
  readonly cause: JsonValue;
}

async function set(stage: Stage, target: Target, { image, version, cause }: Release) {
  const [first, ...others] = containersOf(await stage.read(target));
  const containers = [{ ...(isJsonObject(first) ? first : {}), image }, ...others];
  await stage.patch(target, 'argocd-application-controller', {
    metadata: {
      labels: { [versionLabel]: version },
      annotations: { [causeAnnotation]: cause },
    },
    spec: { template: { spec: { containers } } },
  });
}

/** Every replica that is wanted runs that image and is available, and nothing else is left. */
export function runsEverywhere(deployment: JsonObject, image: string): boolean {
  const wanted = countAt(deployment, 'spec', 'replicas') ?? 1;
  return (
    imageOf(deployment) === image &&
    countAt(deployment, 'status', 'observedGeneration') ===
      countAt(deployment, 'metadata', 'generation') &&
    ['replicas', 'updatedReplicas', 'availableReplicas'].every(
      (field) => (countAt(deployment, 'status', field) ?? 0) === wanted,
    )
  );
}

function containersOf(deployment: JsonObject) {
  return listAt(deployment, 'spec', 'template', 'spec', 'containers');
}
