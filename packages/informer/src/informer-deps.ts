import type { JsonObject } from '@kindscope/kube';
import type { Clock } from './clock.ts';
import type { Log, Random } from './log.ts';
import type { RecoveryProbe } from './recovery-probe.ts';
import type { Transport } from './transport.ts';

/** What runs on every object before it is stored; must be idempotent and must not change its argument [I23]. */
export type Transform = (object: JsonObject) => JsonObject;

/** What every informer of one cluster works with. */
export interface InformerDeps {
  readonly transport: Transport;
  readonly probe: RecoveryProbe;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly transform?: Transform | undefined;
}
