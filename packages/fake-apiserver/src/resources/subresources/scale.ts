import { readEntries } from '../../fields/managed-fields.ts';
import { jsonAnswer, type Answer } from '../../http/answer.ts';
import { decodeObject, decodeYaml, mediaType } from '../../http/body.ts';
import { negotiate } from '../../http/negotiation.ts';
import {
  clone,
  ensureMap,
  isMap,
  mapAt,
  ownAt,
  stringAt,
  type Json,
  type JsonMap,
} from '../../json.ts';
import { scaleTable } from '../../read/tables/scale-table.ts';
import { goNumber, isNumber } from '../../schema/go-text.ts';
import { badRequest, invalid } from '../../status.ts';
import { parseStored, type StoredObject } from '../../storage/stored-object.ts';
import type { Subresource, SubresourceCall } from '../../subresource.ts';
import { applyObject } from '../../write/apply.ts';
import { DecodeError } from '../../write/object-meta.ts';
import { readPatch } from '../../write/patch.ts';
import { stampFor, type Stamp } from '../../write/stamp.ts';
import { requireLive, updateObject } from '../../write/update.ts';
import type { WriteRequest } from '../../write/write-request.ts';
import {
  apiVersionOf,
  type ResourceType,
  type ScalePaths,
  type ServedType,
} from '../resource-type.ts';
import { selectorText } from '../selector-text.ts';
import { readTyped } from '../typed/read-typed.ts';

const APPLY_PATCH = 'application/apply-patch+yaml';

/** `autoscaling/v1` Scale of what has replicas, built-in or as its CRD says. */
export const scale: Subresource = {
  name: 'scale',
  methods: ['GET', 'PUT', 'PATCH'],
  kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  verbs: ['get', 'patch', 'update'],
  on: (served) => served.version.scale !== undefined,
  answer(call) {
    const live = requireLive(call.cluster, call.target);
    return scaleAnswer(call, call.request.method === 'GET' ? live : write(call, live));
  },
};

function scaleAnswer({ cluster, request, target }: SubresourceCall, stored: StoredObject): Answer {
  const { served } = target;
  const found = scaleOf(served, parseStored(stored));
  const { form, metaVersion } = negotiate(request.headers.accept, served.type);
  if (form !== 'table') return jsonAnswer(found);
  return jsonAnswer(scaleTable(found, `meta.k8s.io/${metaVersion}`, cluster.clock.now()));
}

function pathsOf({ version }: ServedType): ScalePaths {
  return (
    version.scale ?? { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' }
  );
}

function keysOf(path: string): string[] {
  return path.split('.').slice(1);
}

function valueAt(object: JsonMap, path: string | undefined): Json | undefined {
  return path === undefined ? undefined : below(object, keysOf(path));
}

function below(object: JsonMap, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = object;
  for (const key of keys) value = isMap(value) ? ownAt(value, key) : undefined;
  return value;
}

const KEPT = ['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp'];

function scaleOf(served: ServedType, object: JsonMap): JsonMap {
  const paths = pathsOf(served);
  const metadata = mapAt(object, 'metadata') ?? {};
  const replicas = valueAt(object, paths.specReplicasPath) ?? 0;
  const selector = served.type.custom
    ? (valueAt(object, paths.labelSelectorPath) ?? '')
    : selectorText(mapAt(mapAt(object, 'spec'), 'selector'));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: Object.fromEntries(
      KEPT.filter((key) => metadata[key] !== undefined).map((key) => [key, metadata[key]]),
    ),
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: valueAt(object, paths.statusReplicasPath) ?? 0,
      ...(selector === '' ? {} : { selector }),
    },
  };
}

function write(call: SubresourceCall, live: StoredObject): StoredObject {
  const { cluster, admission, request, target } = call;
  const { served } = target;
  const before = parseStored(live);
  const asked = readScale(target, bodyOf(call, scaleOf(served, before)));
  if (mediaType(request.headers['content-type']) === APPLY_PATCH) return applyReplicas(call, asked);
  const next = withReplicas(before, pathsOf(served), asked);
  return updateObject(cluster, admission, target, live, next, stampOf(target, before));
}

/**
 * On the way between the Scale and its object Kubernetes loses the time; and a Scale of replicas that
 * nobody owns comes without managed fields, so that nobody is recorded (managedfields scalehandler.go).
 */
function stampOf(target: WriteRequest, before: JsonMap): Stamp {
  const path = keysOf(pathsOf(target.served).specReplicasPath).map((key) => `f:${key}`);
  const owned = readEntries(before).some(({ fields }) => below(fields, path) !== undefined);
  if (!owned) return () => undefined;
  const stamp = stampFor(target);
  return (from, to) => stamp(from, to, '');
}

function bodyOf({ request, target }: SubresourceCall, now: JsonMap): JsonMap {
  const contentType = request.headers['content-type'];
  if (request.method === 'PUT') return decodeObject(request.body, contentType, 'Scale');
  const type = mediaType(contentType);
  const patched =
    type === APPLY_PATCH
      ? decodeYaml(request.body.toString())
      : // A Scale is Kubernetes' own, whatever it is the scale of.
        readPatch({ ...target, served: asBuiltIn(target.served) }, type, request.body)(now);
  if (!isMap(patched)) throw badRequest('the patched object is not an object');
  return patched;
}

function asBuiltIn(served: ServedType): ServedType {
  const type: ResourceType = { ...served.type, custom: false };
  return { ...served, type };
}

/** What the body asks for; throws 400 where it is no Scale of this object, 422 for less than none. */
function readScale(target: WriteRequest, body: JsonMap): JsonMap {
  const refuse = (why: string): Error =>
    badRequest(`Scale in version "v1" cannot be handled as a Scale: ${why}`);
  const kind = stringAt(body, 'kind') ?? 'Scale';
  if (kind !== 'Scale') {
    throw badRequest(
      `${kind} in version "v1" cannot be handled as a Scale: converting (v1.${kind}) to (autoscaling.Scale): unknown conversion`,
    );
  }
  try {
    readTyped('autoscaling.v1.Scale', body);
  } catch (error) {
    throw error instanceof DecodeError ? refuse(error.message) : error;
  }
  const name = stringAt(mapAt(body, 'metadata'), 'name') ?? target.name;
  if (name !== target.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${target.name})`,
    );
  }
  const replicas = mapAt(body, 'spec')?.['replicas'] ?? 0;
  if (isNumber(replicas) && goNumber(replicas).value < 0) throw negative(target, replicas);
  return body;
}

function negative({ served, name }: WriteRequest, replicas: Json): Error {
  const { custom, group, kind } = served.type;
  const subject = custom ? { group, kind, name } : { group: 'autoscaling', kind: 'Scale', name };
  const why = custom ? 'should be a non-negative integer' : 'must be greater than or equal to 0';
  const field = custom ? pathsOf(served).specReplicasPath : 'spec.replicas';
  const message = `Invalid value: ${JSON.stringify(replicas)}: ${why}`;
  return invalid(subject, [{ reason: 'FieldValueInvalid', message, field }]);
}

/** The object with the replicas asked for, to be stored if it still is what the body speaks of. */
function withReplicas(before: JsonMap, paths: ScalePaths, asked: JsonMap): JsonMap {
  const next = clone(before);
  setReplicas(next, paths, asked);
  const metadata = ensureMap(next, 'metadata');
  for (const key of ['resourceVersion', 'uid']) {
    const said = stringAt(mapAt(asked, 'metadata'), key) ?? '';
    if (said !== '') metadata[key] = said;
  }
  return next;
}

function setReplicas(object: JsonMap, paths: ScalePaths, asked: JsonMap): void {
  const keys = keysOf(paths.specReplicasPath);
  let holder = object;
  for (const key of keys.slice(0, -1)) holder = ensureMap(holder, key);
  holder[keys.at(-1) ?? ''] = mapAt(asked, 'spec')?.['replicas'] ?? 0;
}

/** An apply of a Scale is one of the object, with nothing in it but the number of replicas. */
function applyReplicas(call: SubresourceCall, asked: JsonMap): StoredObject {
  const { cluster, admission, request, target } = call;
  const { type, version } = target.served;
  const part: JsonMap = {
    apiVersion: apiVersionOf(type.group, version.version),
    kind: type.kind,
    metadata: { name: target.name },
  };
  setReplicas(part, pathsOf(target.served), asked);
  const body = Buffer.from(JSON.stringify(part));
  return applyObject(cluster, admission, target, request.query, body).stored;
}
