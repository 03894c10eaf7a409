import type { Clock } from './clock.ts';
import { failureOfError, failureOfResponse } from './failure.ts';
import type { InformerFault } from './informer-state.ts';
import type { Log, Random } from './log.ts';
import { TransportError } from './transport-error.ts';
import type { Transport } from './transport.ts';

/** The connection to the cluster as a whole. `since` is milliseconds since the epoch. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'unreachable'; readonly since: number; readonly fault: InformerFault };

/**
 * One question, `/readyz`, asked for all who have lost their connection [I13]: recovery does not wait for
 * the longest of many back-offs, and a server that comes back is not asked by everyone at once.
 */
export interface RecoveryProbe {
  readonly state: ConnectionState;
  /** Calls the listener at each change; returns its removal. */
  onChange(listener: (state: ConnectionState) => void): () => void;
  /**
   * Somebody lost a connection: asks at once, then each second until the server is ready; then `wake` is
   * called, within a second, unless cancelled by what this returns. A server that is ready at the first
   * question was never away: `wake` is not called, and the caller's own back-off stands.
   */
  lost(wake: () => void): () => void;
  /**
   * Asks now, and goes on until the server is ready: at the start of the program, and when somebody has had
   * an answer from a server that is called unreachable.
   */
  check(): void;
  /** Stops asking; nothing is called any more. */
  stop(): void;
}

export interface RecoveryProbeDeps {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const PERIOD_MS = 1000;
const TIMEOUT_MS = 3000;
/** Between one waiter and the next, on the average, up to a second for all. */
const SPREAD_EACH_MS = 20;
const SPREAD_MS = 1000;

export function createRecoveryProbe(deps: RecoveryProbeDeps): RecoveryProbe {
  const { transport, clock, random, log } = deps;
  const stopping = new AbortController();
  const listeners = new Set<(state: ConnectionState) => void>();
  const waiting = new Set<() => void>();
  /** Those who are about to be woken, and how to cancel it. */
  const waking = new Map<() => void, () => void>();
  let state: ConnectionState = { kind: 'connecting' };
  let asking = false;
  /** Between two questions. */
  let pause: { readonly go: () => void; readonly cancel: () => void } | undefined;

  function become(next: ConnectionState): void {
    if (sameState(state, next)) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function begin(): void {
    if (asking || stopping.signal.aborted) return;
    asking = true;
    void ask(clock.now());
  }

  async function ask(lostAt: number): Promise<void> {
    const askedAt = clock.monotonic();
    const fault = await askOnce(transport, stopping.signal);
    if (stopping.signal.aborted) return;
    if (fault === undefined) {
      asking = false;
      const wasAway = state.kind === 'unreachable';
      become({ kind: 'connected' });
      if (wasAway) wakeAll();
      else waiting.clear();
      return;
    }
    if (state.kind !== 'unreachable') log.warn(fault, 'the cluster is unreachable');
    const since = state.kind === 'unreachable' ? state.since : lostAt;
    become({ kind: 'unreachable', since, fault });
    const ms = Math.max(PERIOD_MS - (clock.monotonic() - askedAt), 0);
    const go = (): void => {
      cancel();
      pause = undefined;
      void ask(lostAt);
    };
    const cancel = clock.after(ms, go);
    pause = { go, cancel };
  }

  function wakeAll(): void {
    const spread = Math.min(waiting.size * SPREAD_EACH_MS, SPREAD_MS);
    log.info({ waiting: waiting.size }, 'the cluster answers again');
    for (const wake of waiting) {
      const cancel = clock.after(random() * spread, () => {
        waking.delete(wake);
        wake();
      });
      waking.set(wake, cancel);
    }
    waiting.clear();
  }

  return {
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lost(wake) {
      // A function of its own for each caller, so that two may pass the same.
      const entry = (): void => wake();
      waiting.add(entry);
      begin();
      return () => {
        waiting.delete(entry);
        waking.get(entry)?.();
        waking.delete(entry);
      };
    },
    check() {
      pause?.go();
      begin();
    },
    stop() {
      stopping.abort();
      pause?.cancel();
      waiting.clear();
      for (const cancel of waking.values()) cancel();
      waking.clear();
    },
  };
}

/** What stands against it; undefined when the server is ready. */
async function askOnce(
  transport: Transport,
  signal: AbortSignal,
): Promise<InformerFault | undefined> {
  try {
    const response = await transport.request({ path: '/readyz', timeoutMs: TIMEOUT_MS, signal });
    // Credentials that are refused leave us as blind as no connection. Any other refusal is an answer:
    // not everyone may read /readyz, and not every proxy has it.
    if (response.status === 401) return (await failureOfResponse(response, 'connect')).fault;
    const text = await response.text();
    return response.status < 500 ? undefined : notReady(response.status, text);
  } catch (error) {
    if (error instanceof TransportError) return failureOfError(error, 'connect').fault;
    throw error;
  }
}

function notReady(status: number, text: string): InformerFault {
  const failing = text.split('\n').find((line) => line.startsWith('[-]'));
  return {
    code: 'server-error',
    stage: 'connect',
    detail: `The API server is not ready${failing === undefined ? '' : `: ${failing}`} (${status}).`,
    status,
  };
}

function sameState(a: ConnectionState, b: ConnectionState): boolean {
  if (a.kind !== 'unreachable' || b.kind !== 'unreachable') return a.kind === b.kind;
  return a.since === b.since && a.fault.code === b.fault.code && a.fault.detail === b.fault.detail;
}
