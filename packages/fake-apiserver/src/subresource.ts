import type { Cluster } from './cluster.ts';
import type { Answer, ApiRequest } from './http/answer.ts';
import type { ServedType } from './resources/resource-type.ts';
import type { Admission } from './write/admission.ts';
import type { WriteRequest } from './write/write-request.ts';

/** One request to something below an object: `deployments/NAME/scale`. */
export interface SubresourceCall {
  readonly cluster: Cluster;
  readonly admission: Admission;
  readonly request: ApiRequest;
  /** The object it lies below, and who asks; warnings added to it are sent. */
  readonly target: WriteRequest;
}

/**
 * A subresource with a form of its own. `status` is not one of them: it has the form of the object
 * itself and is read and written like it.
 */
export interface Subresource {
  /** As in the path: `scale`. */
  readonly name: string;
  /** What it takes and gives, as discovery tells it. */
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly verbs: readonly string[];
  /** HTTP methods; any other is answered with 405. */
  readonly methods: readonly string[];
  /** Whether a resource has it, at the version asked. */
  on(served: ServedType): boolean;
  /** Throws an `ApiError`. */
  answer(call: SubresourceCall): Answer | Promise<Answer>;
}
