import { jsonAnswer } from '../../http/answer.ts';
import { decodeObject } from '../../http/body.ts';
import { ensureMap, mapAt, stringAt, stringsAt } from '../../json.ts';
import { badRequest, conflict, invalid, MODIFIED_SINCE } from '../../status.ts';
import { parseStored } from '../../storage/stored-object.ts';
import type { Subresource } from '../../subresource.ts';
import { requireLive } from '../../write/update.ts';
import { subjectOf } from '../../write/write-request.ts';

/** Where the finalizers of a namespace's spec are changed, and nowhere else. */
export const finalize: Subresource = {
  name: 'finalize',
  methods: ['PUT'],
  kind: { group: '', version: 'v1', kind: 'Namespace' },
  verbs: ['update'],
  on: ({ type }) => type.group === '' && type.resource === 'namespaces',
  answer({ cluster, request, target }) {
    const body = decodeObject(request.body, request.headers['content-type'], 'Namespace');
    const metadata = mapAt(body, 'metadata');
    const name = stringAt(metadata, 'name') ?? '';
    if (name !== target.name) {
      throw badRequest(
        `the name of the object (${name}) does not match the name on the URL (${target.name})`,
      );
    }
    const live = requireLive(cluster, target);
    const version = stringAt(metadata, 'resourceVersion') ?? '';
    if (version !== '' && version !== String(live.revision)) {
      throw conflict(subjectOf(target), MODIFIED_SINCE);
    }
    const finalizers = stringsAt(mapAt(body, 'spec'), 'finalizers');
    requireKnown(target.name, finalizers);
    const namespace = parseStored(live);
    const spec = ensureMap(namespace, 'spec');
    if (finalizers.length === 0) delete spec['finalizers'];
    else spec['finalizers'] = finalizers;
    const stored = target.dryRun
      ? live
      : cluster.lifecycle.write(target.served.type, namespace).stored;
    return jsonAnswer({ kind: 'Namespace', apiVersion: 'v1', ...parseStored(stored) });
  },
};

function requireKnown(name: string, finalizers: readonly string[]): void {
  const causes = finalizers.flatMap((finalizer, index) =>
    finalizer === 'kubernetes' || finalizer.includes('/')
      ? []
      : [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: "${finalizer}": name is neither a standard finalizer name nor is it fully qualified`,
            field: `spec.finalizers[${index}]`,
          },
        ],
  );
  if (causes.length > 0) throw invalid({ group: '', kind: 'Namespace', name }, causes);
}
