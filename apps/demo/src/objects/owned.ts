import { listAt, objectAt, stringAt, type JsonObject } from '@kindscope/kube';
import { between } from '../random.ts';
import type { DemoObject } from './demo-object.ts';

/** A backup of that database, owned by it. */
export function backupOf(database: JsonObject, suffix: string): DemoObject {
  const manager = 'database-operator';
  return owned(database, { kind: 'Backup', resource: 'backups', suffix, manager }, (name) => ({
    database: name,
    retentionDays: 7,
  }));
}

/** A run of that pipeline, of some commit, owned by it. The steps are those it has now. */
export function runOf(
  pipeline: JsonObject,
  run: { readonly random: () => number; readonly trigger: string; readonly manager: string },
): DemoObject {
  const { random, trigger, manager } = run;
  const revision = Array.from({ length: 40 }, () => between(random, 0, 15).toString(16)).join('');
  const suffix = revision.slice(0, 7);
  const made = { kind: 'PipelineRun', resource: 'pipelineruns', suffix, manager };
  return owned(pipeline, made, (name) => ({
    pipeline: name,
    revision,
    trigger,
    steps: stepsOf(pipeline),
  }));
}

function stepsOf(pipeline: JsonObject): string[] {
  return listAt(pipeline, 'spec', 'steps').flatMap((step) => stringAt(step, 'name') ?? []);
}

interface Made {
  readonly kind: string;
  readonly resource: string;
  readonly suffix: string;
  readonly manager: string;
}

/** An object of the owner's group, in its namespace and with its labels, named after it. */
function owned(owner: JsonObject, made: Made, specFor: (name: string) => JsonObject): DemoObject {
  const apiVersion = stringAt(owner, 'apiVersion') ?? '';
  const name = stringAt(owner, 'metadata', 'name') ?? '';
  const namespace = stringAt(owner, 'metadata', 'namespace');
  return {
    apiVersion,
    resource: made.resource,
    manager: made.manager,
    body: {
      apiVersion,
      kind: made.kind,
      metadata: {
        name: `${name}-${made.suffix}`,
        ...(namespace !== undefined && { namespace }),
        labels: objectAt(owner, 'metadata', 'labels'),
        ownerReferences: [ownerReference(owner)],
      },
      spec: specFor(name),
    },
  };
}

/** The object, owned by that one, which has been created. */
export function withOwner(object: DemoObject, owner: JsonObject): DemoObject {
  const { metadata } = object.body;
  const ownerReferences = [ownerReference(owner)];
  return { ...object, body: { ...object.body, metadata: { ...metadata, ownerReferences } } };
}

function ownerReference(owner: JsonObject): JsonObject {
  return {
    apiVersion: stringAt(owner, 'apiVersion'),
    kind: stringAt(owner, 'kind'),
    name: stringAt(owner, 'metadata', 'name'),
    uid: stringAt(owner, 'metadata', 'uid'),
    controller: true,
    blockOwnerDeletion: true,
  };
}
