import { stringAt, type JsonObject } from '@kindscope/kube';
import type { DemoObject } from '../objects/index.ts';

/** One thing that somebody does to the cluster. */
export type Deed = Creation | Change;

export interface Creation {
  readonly kind: 'create';
  readonly object: DemoObject;
}

export interface Change {
  readonly kind: 'change';
  /** The field manager: who does it. */
  readonly manager: string;
  readonly namespace: string;
  readonly name: string;
  /** Merged into the spec. */
  readonly spec: JsonObject;
  readonly afterthought?: Afterthought;
}

/** What is done about the object as it is some time later, if it is still there. */
export interface Afterthought {
  readonly afterMs: number;
  readonly decide: (object: JsonObject) => Change | undefined;
}

export function change(object: JsonObject, manager: string, spec: JsonObject): Change {
  return {
    kind: 'change',
    manager,
    namespace: stringAt(object, 'metadata', 'namespace') ?? '',
    name: stringAt(object, 'metadata', 'name') ?? '',
    spec,
  };
}
