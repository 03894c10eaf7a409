import { timestamp } from '../../clock.ts';
import { jsonAnswer } from '../../http/answer.ts';
import { decodeObject } from '../../http/body.ts';
import { mapAt, stringAt } from '../../json.ts';
import { badRequest } from '../../status.ts';
import { parseStored } from '../../storage/stored-object.ts';
import type { Subresource } from '../../subresource.ts';
import { readDeleteOptions } from '../../write/delete-options.ts';
import { deleteObject, requirePreconditions } from '../../write/delete.ts';
import { requireLive } from '../../write/update.ts';
import { DONE, setCondition } from './binding.ts';

/** Asks a pod to go: what `kubectl drain` posts. Disruption budgets are not looked at. */
export const eviction: Subresource = {
  name: 'eviction',
  methods: ['POST'],
  kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
  verbs: ['create'],
  on: ({ type }) => type.group === '' && type.resource === 'pods',
  answer({ cluster, request, target }) {
    const body = decodeObject(request.body, request.headers['content-type'], 'Eviction');
    const live = requireLive(cluster, target);
    if (stringAt(mapAt(body, 'metadata'), 'name') !== target.name) {
      throw badRequest('name in URL does not match name in Eviction object');
    }
    const asked = Buffer.from(JSON.stringify(mapAt(body, 'deleteOptions') ?? {}));
    const options = readDeleteOptions({
      ...request,
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: asked,
    });
    requirePreconditions(target, options, live);
    if (!options.dryRun && !target.dryRun) {
      const pod = parseStored(live);
      const condition = {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
      };
      setCondition(pod, condition, timestamp(cluster.clock.now()));
      cluster.lifecycle.write(target.served.type, pod);
      // The mark has moved the version.
      deleteObject(cluster, target, { ...options, resourceVersion: undefined });
    }
    return jsonAnswer(DONE, 201);
  },
};
