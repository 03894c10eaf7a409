import type { ObjectHandle } from '@kindscope/informer';
import { parseJson, stringifyJson, type JsonObject } from '@kindscope/kube';
import type { RevisionList } from '@kindscope/protocol';
import { instant } from './instant.ts';
import type { Revision } from './revision-chain.ts';

export function versionOf({
  uid,
  resourceVersion,
}: ObjectHandle): Pick<Revision, 'uid' | 'resourceVersion'> {
  return { uid, resourceVersion };
}

export function isState(
  revision: Revision | undefined,
  { uid, resourceVersion }: ObjectHandle,
): boolean {
  return revision?.uid === uid && revision.resourceVersion === resourceVersion && !revision.deleted;
}

export function textOf(handle: ObjectHandle): string {
  return stringifyJson(handle.parse());
}

export function objectOf(text: string): JsonObject {
  return parseJson(text) as JsonObject;
}

export function itemOf(revision: Revision): RevisionList['items'][number] {
  const { uid, resourceVersion, time, change, deleted } = revision;
  return {
    uid,
    resourceVersion,
    ...(time !== undefined && { time: instant(time) }),
    ...(change !== undefined && { change }),
    ...(deleted && { deleted: true as const }),
  };
}
