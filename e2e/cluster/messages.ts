import type { Binaries } from './binaries.ts';
import type { ClusterState } from './state.ts';

/** What the supervisor is to bring up. */
export interface StartOptions {
  readonly name: string;
  readonly bare: boolean;
  readonly binaries: Binaries;
}

/** What can be done to the API server of a running cluster. */
export type Action = 'stopApiServer' | 'startApiServer' | 'freezeApiServer' | 'thawApiServer';

/** From whoever starts a cluster to its supervisor. The channel's end means `stop`, unless `detach` came before. */
export type ToSupervisor =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'detach' }
  | { readonly kind: 'call'; readonly id: number; readonly action: Action }
  | { readonly kind: 'stop' };

/** From the supervisor to whoever started it. */
export type FromSupervisor =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'ready'; readonly state: ClusterState; readonly token: string }
  /** Another supervisor has this name. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy?: string }
  | { readonly kind: 'detached' }
  | { readonly kind: 'done'; readonly id: number; readonly error?: string };
