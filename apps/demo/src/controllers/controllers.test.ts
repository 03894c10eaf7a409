import { listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { expect, it } from 'vitest';
import { crds } from '../crds/index.ts';
import { backupOf, runOf } from '../objects/index.ts';
import { created, lookAt, play } from '../testing/story.ts';
import type { Controller } from './controller.ts';
import { controllers } from './index.ts';

const random = (): number => 0.5;

function objectFor({ gvr }: Controller): JsonObject {
  if (gvr.resource === 'leases') return created('Lease');
  if (gvr.resource === 'backups') return backupOf(created('CloudDatabase'), '1').body;
  if (gvr.resource === 'pipelineruns') {
    return runOf(created('Pipeline'), { random, trigger: 'push', manager: 'git-webhook' }).body;
  }
  return created(stringAt(crdFor(gvr.resource), 'spec', 'names', 'kind') ?? '');
}

function crdFor(resource: string): JsonObject {
  return crds.find((crd) => stringAt(crd, 'spec', 'names', 'plural') === resource) ?? {};
}

/** The fields of the status that the CRD declares: any other would be dropped without a word. */
function declared(resource: string): string[] {
  const [version] = listAt(crdFor(resource), 'spec', 'versions');
  const schema = objectAt(version, 'schema', 'openAPIV3Schema', 'properties', 'status');
  return Object.keys(objectAt(schema, 'properties'));
}

it.each(controllers.map((controller) => [controller.gvr.resource, controller] as const))(
  'a controller reports only what the CRD declares (%s)',
  (resource, controller) => {
    const object = objectFor(controller);
    const first = controller.decide(lookAt(object, { initial: true }));
    const told =
      resource === 'leases' || resource === 'certificates' ? [] : play(controller, object);
    const reported = [objectAt({ status: first.status }, 'status')].concat(
      told.map((later) => objectAt(later, 'status')),
    );
    const known = declared(resource);
    for (const status of reported)
      expect(known).toEqual(expect.arrayContaining(Object.keys(status)));
  },
);
