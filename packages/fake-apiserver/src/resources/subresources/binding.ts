import { timestamp } from '../../clock.ts';
import { jsonAnswer } from '../../http/answer.ts';
import { decodeObject } from '../../http/body.ts';
import {
  ensureMap,
  isMap,
  listAt,
  mapAt,
  stringAt,
  stringMapAt,
  type JsonMap,
} from '../../json.ts';
import { badRequest, conflict, internalError } from '../../status.ts';
import { parseStored } from '../../storage/stored-object.ts';
import type { Subresource } from '../../subresource.ts';
import { requireLive } from '../../write/update.ts';

/** The answer of Kubernetes' subresources that only do something. */
export const DONE: JsonMap = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
};

/** What a scheduler posts: from now on the pod belongs to a node (registry/core/pod/storage). */
export const binding: Subresource = {
  name: 'binding',
  methods: ['POST'],
  kind: { group: '', version: 'v1', kind: 'Binding' },
  verbs: ['create'],
  on: ({ type }) => type.group === '' && type.resource === 'pods',
  answer({ cluster, request, target }) {
    const body = decodeObject(request.body, request.headers['content-type'], 'Binding');
    const metadata = mapAt(body, 'metadata');
    if (stringAt(metadata, 'name') !== target.name) {
      throw badRequest('name in URL does not match name in Binding object');
    }
    const node = stringAt(mapAt(body, 'target'), 'name') ?? '';
    if (node === '') throw internalError('target.name: Required value');
    const pod = parseStored(requireLive(cluster, target));
    const spec = ensureMap(pod, 'spec');
    const bound = stringAt(spec, 'nodeName') ?? '';
    if (bound !== '') {
      const subject = { group: '', resource: 'pods/binding', name: target.name };
      throw conflict(subject, `pod ${target.name} is already assigned to node "${bound}"`);
    }
    spec['nodeName'] = node;
    const annotations = stringMapAt(metadata, 'annotations');
    if (Object.keys(annotations).length > 0) {
      Object.assign(ensureMap(ensureMap(pod, 'metadata'), 'annotations'), annotations);
    }
    setCondition(pod, { type: 'PodScheduled', status: 'True' }, timestamp(cluster.clock.now()));
    if (!target.dryRun) cluster.lifecycle.write(target.served.type, pod);
    return jsonAnswer(DONE, 201);
  },
};

/** Puts a condition in the place of the one of its type; its time is that of its last change. */
export function setCondition(pod: JsonMap, condition: JsonMap, now: string): void {
  const status = ensureMap(pod, 'status');
  const others = listAt(status, 'conditions').filter((item) => isMap(item));
  const before = others.find((item) => item['type'] === condition['type']);
  const same = before !== undefined && before['status'] === condition['status'];
  const { type, status: value, ...rest } = condition;
  const made: JsonMap = {
    type,
    status: value,
    lastProbeTime: null,
    lastTransitionTime: same ? before['lastTransitionTime'] : now,
    ...rest,
  };
  status['conditions'] =
    before === undefined
      ? [...others, made]
      : others.map((item) => (item === before ? made : item));
}
