const FIRST_MS = 800;
const CAP_MS = 30_000;
const QUIET_MS = 120_000;

/** How often in a row it failed, given the last failure: starts over after two minutes of quiet [I13]. */
export function nextAttempt(
  attempt: number,
  lastFailureAt: number | undefined,
  monotonic: number,
): number {
  const quiet = lastFailureAt === undefined || monotonic - lastFailureAt >= QUIET_MS;
  return quiet ? 1 : attempt + 1;
}

/**
 * Whether a watch has stood for longer than the longest wait. Its end is then no sequel of earlier
 * failures: a proxy that cuts every watch after a minute would else be waited for longer each time.
 */
export function outlastsBackOff(ms: number): boolean {
  return ms >= CAP_MS;
}

/**
 * 800 ms, doubled up to 30 s, and as much again by chance: [d, 2d) [I13]. As client-go's reflector
 * (`wait.Backoff` of 800 ms, factor 2, jitter 1, cap 30 s, reset 2 min).
 */
export function backOffMs(attempt: number, random: number): number {
  const base = Math.min(FIRST_MS * 2 ** (attempt - 1), CAP_MS);
  return base * (1 + random);
}

/** For what will not come back by waiting a moment: a resource that is not served. */
export function slowRetryMs(random: number): number {
  return CAP_MS * (1 + random);
}
