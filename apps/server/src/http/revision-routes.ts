import { objectKey } from '@kindscope/kube';
import { RevisionList } from '@kindscope/protocol';
import type { Catalog } from '../catalog/catalog.ts';
import type { RevisionLog } from '../timeline/revision-log.ts';
import type { App } from './app.ts';
import { waitMs, withSource } from './lease.ts';
import { ObjectParams, toNamespace, toRef } from './params.ts';
import { requestSignal } from './request-signal.ts';

export interface RevisionRoutesDeps {
  readonly catalog: Catalog;
  readonly revisions: RevisionLog;
}

/** The states of an object that can be compared. */
export function registerRevisions(app: App, { catalog, revisions }: RevisionRoutesDeps): void {
  app.get(
    '/api/v1/resources/:group/:version/:resource/objects/:namespace/:name/revisions',
    {
      schema: {
        summary: 'The states of one object that are still held, newest first',
        params: ObjectParams,
        response: { 200: RevisionList },
      },
    },
    async ({ params }, reply) => {
      const { name } = params;
      const resource = toRef(params);
      const namespace = toNamespace(params.namespace);
      // What has not changed since it is watched, or since it was found changed, is held by the cache alone.
      const key = objectKey(namespace, name);
      const present = await withSource(
        { catalog, signal: requestSignal(reply) },
        {
          ref: resource,
          namespace: namespace === '' ? undefined : namespace,
          waitMs: waitMs(undefined),
          enough: (source) => source.get(key) !== undefined,
        },
        (source) => source.get(key),
      );
      return revisions.list({ resource, namespace, name }, present);
    },
  );
}
