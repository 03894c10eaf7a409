import type { JsonObject } from '@kindscope/kube';

/** An object as it is sent, and who sends it. */
export interface DemoObject {
  readonly apiVersion: string;
  readonly resource: string;
  readonly body: JsonObject & {
    readonly metadata: JsonObject & { readonly name: string; readonly namespace?: string };
  };
  /** The field manager that creates it. */
  readonly manager: string;
  /** Of the demo's objects, in its namespace: what it goes with. It is created once that is there. */
  readonly owner?: Owner;
}

export interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}
