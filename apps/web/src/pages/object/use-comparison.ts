import {
  describeChange,
  gvrKey,
  isJsonObject,
  schemaListKeys,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import type { Change, ResourceRef } from '@kindscope/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../../api.ts';
import type { ComparedStates, HeldState } from './object-history.ts';

export type Comparison =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error }
  /** `change`: from the one state to the other, as if it had been one change. */
  | { readonly kind: 'there'; readonly after: JsonObject; readonly change: Change };

interface NamedObject {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}

/** Reads both states and compares them, list items by the keys that the schema declares. */
export function useComparison(
  object: NamedObject & { readonly kind: string },
  compared: ComparedStates | undefined,
): Comparison | undefined {
  const api = useApi();
  const { resource } = object;
  const before = useHeldState(object, compared?.from);
  const after = useHeldState(object, compared?.to);
  const schema = useQuery({
    queryKey: ['resource', gvrKey(resource)],
    queryFn: ({ signal }) => api.getResource(resource, signal),
    enabled: compared !== undefined,
  }).data?.schema as JsonValue | undefined;
  return useMemo(() => {
    if (compared === undefined) return undefined;
    const error = before.error ?? after.error;
    if (error !== null) return { kind: 'failed', error };
    if (before.data === undefined || after.data === undefined) return { kind: 'loading' };
    const options = isJsonObject(schema) ? { listKeys: schemaListKeys(schema) } : {};
    const { conditions, ...description } = describeChange(before.data, after.data, options);
    const change: Change = {
      id: 0,
      resource: object.resource,
      kind: object.kind,
      namespace: object.namespace,
      name: object.name,
      uid: compared.to.uid,
      seen: 'watch',
      time: new Date(compared.to.time ?? 0).toISOString(),
      ...description,
      ...(conditions.length > 0 && { conditions }),
    };
    return { kind: 'there', after: after.data, change };
  }, [object, compared, before.data, before.error, after.data, after.error, schema]);
}

/** A state that is held: it never changes, so that it is read once. */
export function useHeldState(
  { resource, namespace, name }: NamedObject,
  state: HeldState | undefined,
): { readonly data: JsonObject | undefined; readonly error: Error | null } {
  const api = useApi();
  const { uid = '', resourceVersion = '' } = state ?? {};
  const { data, error } = useQuery({
    queryKey: ['state', gvrKey(resource), namespace, name, uid, resourceVersion],
    queryFn: ({ signal }) =>
      api.getRevision(resource, namespace, name, { uid, resourceVersion }, signal),
    enabled: state !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { data, error };
}
