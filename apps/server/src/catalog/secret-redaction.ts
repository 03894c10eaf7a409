import { createHmac, randomBytes } from 'node:crypto';
import { redactSecret, type GroupVersionResource, type JsonObject } from '@kindscope/kube';

/**
 * What runs on every object before it is stored: a Secret's values become fingerprints, so that a
 * change of one shows without the value. The key lives and dies with the process: a fingerprint says
 * nothing to whoever has it.
 */
export function createSecretRedaction(): (
  object: JsonObject,
  gvr: GroupVersionResource,
) => JsonObject {
  const key = randomBytes(32);
  const fingerprint = (value: string) =>
    createHmac('sha256', key).update(value).digest('base64url').slice(0, 12);
  return (object, gvr) => {
    if (gvr.group !== '' || gvr.resource !== 'secrets') return object;
    // The items of a list may leave out what they are, and metadata alone says that it is
    // PartialObjectMetadata; here it is known.
    const { apiVersion: _, kind: __, ...rest } = object;
    return redactSecret({ apiVersion: 'v1', kind: 'Secret', ...rest }, fingerprint);
  };
}
