import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import type { Registry } from './resources/registry.ts';
import type { Revision } from './storage/revision.ts';
import type { Lifecycle } from './write/lifecycle.ts';

/** The state of the whole server, handed to whoever answers a request. */
export interface Cluster {
  readonly clock: Clock;
  readonly random: Random;
  readonly revision: Revision;
  readonly registry: Registry;
  readonly lifecycle: Lifecycle;
  /** Whether the namespace exists and is being deleted. */
  isTerminating(namespace: string): boolean;
}

/** Whom the server takes its callers for: there is one token, so there is one user. */
export const USER = { name: 'admin', groups: ['system:masters', 'system:authenticated'] } as const;
