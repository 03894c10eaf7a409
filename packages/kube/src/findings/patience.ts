/**
 * How long, in milliseconds, something that looks wrong may last before it counts as stuck. One
 * place, since these are what tells a start under way from a failure.
 */
export const patience = {
  /** A controller or the scheduler tries again at once: what lasts longer is not a passing word. */
  retry: 3_000,
  /** Nothing says how long it takes: a count that does not move, room that is being made. */
  usual: 60_000,
  /** What a Deployment is given by default (`progressDeadlineSeconds`). */
  long: 600_000,
  /** How late a kubelet may be with ending a pod. */
  ending: 15_000,
} as const;
