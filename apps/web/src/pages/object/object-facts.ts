import {
  conditionsOf,
  healthOf,
  listAt,
  objectAt,
  stringAt,
  valueAt,
  type Condition,
  type Health,
  type JsonObject,
  type JsonValue,
} from '@kindscope/kube';
import { valueText } from '../../ui/changes/value-text.ts';

/** What the page says of an object beside its YAML. */
export interface ObjectFacts {
  readonly kind: string;
  readonly health: Health;
  readonly uid: string;
  readonly created: string;
  /** Somebody asked for its deletion; finalizers still hold it. */
  readonly deleting: string | undefined;
  readonly finalizers: readonly string[];
  /** As text: some controllers write the observed one as such. */
  readonly generation: string | undefined;
  readonly observedGeneration: string | undefined;
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly conditions: readonly Condition[];
  readonly owners: readonly Owner[];
  /** Values are fingerprints: it is a Secret. */
  readonly redacted: boolean;
}

export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

export function objectFacts(object: JsonObject): ObjectFacts {
  const kind = stringAt(object, 'kind') ?? '';
  return {
    kind,
    health: healthOf(object),
    uid: stringAt(object, 'metadata', 'uid') ?? '',
    created: stringAt(object, 'metadata', 'creationTimestamp') ?? '',
    deleting: stringAt(object, 'metadata', 'deletionTimestamp'),
    finalizers: listAt(object, 'metadata', 'finalizers').filter((item) => typeof item === 'string'),
    generation: textAt(object, 'metadata', 'generation'),
    observedGeneration: textAt(object, 'status', 'observedGeneration'),
    labels: Object.entries(objectAt(object, 'metadata', 'labels')).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
    conditions: conditionsOf(object),
    owners: listAt(object, 'metadata', 'ownerReferences').map(ownerOf),
    redacted: kind === 'Secret' && stringAt(object, 'apiVersion') === 'v1',
  };
}

function textAt(object: JsonObject, ...path: readonly string[]): string | undefined {
  const value = valueAt(object, ...path);
  return value === undefined || value === null ? undefined : valueText(value);
}

function ownerOf(reference: JsonValue): Owner {
  return {
    apiVersion: stringAt(reference, 'apiVersion') ?? '',
    kind: stringAt(reference, 'kind') ?? '',
    name: stringAt(reference, 'name') ?? '',
    uid: stringAt(reference, 'uid') ?? '',
    controller: valueAt(reference, 'controller') === true,
  };
}
