import type { Clock } from './clock.ts';
import type { InformerFault } from './informer-state.ts';
import type { Log, Random } from './log.ts';
import type { Transport } from './transport.ts';

/** The connection to the cluster as a whole. `since` is milliseconds since the epoch. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'unreachable'; readonly since: number; readonly fault: InformerFault };

export interface RecoveryProbe {
  readonly state: ConnectionState;
  onChange(listener: (state: ConnectionState) => void): () => void;
  /**
   * Somebody lost a connection: asks at once, then each second until the server answers; `wake` is
   * called then, within a second, unless cancelled by what this returns. A server that answers the first
   * question was never away: `wake` is not called, the caller's own back-off stands.
   */
  lost(wake: () => void): () => void;
  /** Asks once now, and goes on until the server answers. For the start of the program. */
  check(): void;
  /** Stops asking. */
  stop(): void;
}

export interface RecoveryProbeDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export function createRecoveryProbe(deps: RecoveryProbeDeps): RecoveryProbe {
  throw new Error(`not built yet: ${deps.transport.server}`);
}
